/** The service's own signed URLs, in use. */
@NullMarked
package dev.stowage.http.signed;

import org.jspecify.annotations.NullMarked;
