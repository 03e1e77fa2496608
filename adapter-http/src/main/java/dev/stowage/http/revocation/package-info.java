/** Cuts off requests whose credentials are revoked or expire while they run. */
@NullMarked
package dev.stowage.http.revocation;

import org.jspecify.annotations.NullMarked;
