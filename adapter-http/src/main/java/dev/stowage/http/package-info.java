/** The HTTP API: routes, their documents, and the mapping of errors, ranges and conditions. */
@NullMarked
package dev.stowage.http;

import org.jspecify.annotations.NullMarked;
