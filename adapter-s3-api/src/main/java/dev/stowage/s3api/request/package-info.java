/** What requests ask for, before anything is read or checked. */
@NullMarked
package dev.stowage.s3api.request;

import org.jspecify.annotations.NullMarked;
