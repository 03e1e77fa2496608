/** Clients that send or read so slowly that they would hold what others wait for. */
@NullMarked
package dev.stowage.http.slow;

import org.jspecify.annotations.NullMarked;
