/** The common parts of the protocols for resumable uploads. */
@NullMarked
package dev.stowage.http.resumable;

import org.jspecify.annotations.NullMarked;
