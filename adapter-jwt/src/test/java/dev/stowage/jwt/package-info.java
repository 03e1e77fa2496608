/** Who is let in by a token, and who is not. */
@NullMarked
package dev.stowage.jwt;

import org.jspecify.annotations.NullMarked;
