/** Bodies of requests, with what their headers say about them. */
@NullMarked
package dev.stowage.s3api.body;

import org.jspecify.annotations.NullMarked;
