/** Authentication by JSON Web Tokens (RFC 7519) of an identity provider. */
@NullMarked
package dev.stowage.jwt;

import org.jspecify.annotations.NullMarked;
