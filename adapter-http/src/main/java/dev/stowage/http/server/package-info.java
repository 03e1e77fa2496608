/** The web server that runs the routes. */
@NullMarked
package dev.stowage.http.server;

import org.jspecify.annotations.NullMarked;
