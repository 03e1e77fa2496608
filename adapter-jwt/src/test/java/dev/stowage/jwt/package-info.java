/** Tests of authentication by tokens. */
@NullMarked
package dev.stowage.jwt;

import org.jspecify.annotations.NullMarked;
