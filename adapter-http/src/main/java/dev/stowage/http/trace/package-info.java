/** Request ids and the access log. */
@NullMarked
package dev.stowage.http.trace;

import org.jspecify.annotations.NullMarked;
