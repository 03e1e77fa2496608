/** The common shape of all errors, and the mapping of exceptions to it. */
@NullMarked
package dev.stowage.http.error;

import org.jspecify.annotations.NullMarked;
