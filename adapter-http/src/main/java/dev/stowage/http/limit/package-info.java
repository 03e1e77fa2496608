/** Limits: request rate and concurrent uploads of a principal, concurrent transfers of all clients. */
@NullMarked
package dev.stowage.http.limit;

import org.jspecify.annotations.NullMarked;
