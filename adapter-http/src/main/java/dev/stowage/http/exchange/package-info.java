/** Parts of requests and responses that handlers share: keys, query parameters, JSON, bodies. */
@NullMarked
package dev.stowage.http.exchange;

import org.jspecify.annotations.NullMarked;
