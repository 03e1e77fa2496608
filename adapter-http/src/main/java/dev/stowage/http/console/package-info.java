/** The console for browsers: static files, which speak only the API of the service. */
@NullMarked
package dev.stowage.http.console;

import org.jspecify.annotations.NullMarked;
