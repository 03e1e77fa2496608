/** Request ids and the access log: what ties the log lines of a request together. */
@NullMarked
package dev.stowage.http.trace;

import org.jspecify.annotations.NullMarked;
