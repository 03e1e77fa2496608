/** What handlers read from a request and write to a response: keys, query parameters, JSON, bodies. */
@NullMarked
package dev.stowage.http.exchange;

import org.jspecify.annotations.NullMarked;
