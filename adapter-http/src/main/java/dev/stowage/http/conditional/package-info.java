/** Conditional and range requests (RFC 9110, sections 13 and 14), as functions of header fields and the stored object. */
@NullMarked
package dev.stowage.http.conditional;

import org.jspecify.annotations.NullMarked;
