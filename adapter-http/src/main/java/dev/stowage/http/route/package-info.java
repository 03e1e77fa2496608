/** How groups of routes register. */
@NullMarked
package dev.stowage.http.route;

import org.jspecify.annotations.NullMarked;
