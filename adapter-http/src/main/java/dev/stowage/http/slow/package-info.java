/** Detection of clients that send or receive too slowly, and the limit on connections. */
@NullMarked
package dev.stowage.http.slow;

import org.jspecify.annotations.NullMarked;
