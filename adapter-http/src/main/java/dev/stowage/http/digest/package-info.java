/** Digests that clients send with a body. */
@NullMarked
package dev.stowage.http.digest;

import org.jspecify.annotations.NullMarked;
