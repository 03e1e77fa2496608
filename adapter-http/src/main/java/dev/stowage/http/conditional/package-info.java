/** Conditional and range requests as RFC 9110 has them (sections 13 and 14), as functions of header fields and what is stored. */
@NullMarked
package dev.stowage.http.conditional;

import org.jspecify.annotations.NullMarked;
