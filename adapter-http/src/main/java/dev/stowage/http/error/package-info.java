/** The one shape of every error, and the one place that maps causes to it. */
@NullMarked
package dev.stowage.http.error;

import org.jspecify.annotations.NullMarked;
