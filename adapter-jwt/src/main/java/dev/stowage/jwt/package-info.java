/** Tells by JSON Web Tokens (RFC 7519) that an identity provider has signed who calls, and what they may do. */
@NullMarked
package dev.stowage.jwt;

import org.jspecify.annotations.NullMarked;
