/** Authentication of requests, and the access that routes require. */
@NullMarked
package dev.stowage.http.access;

import org.jspecify.annotations.NullMarked;
