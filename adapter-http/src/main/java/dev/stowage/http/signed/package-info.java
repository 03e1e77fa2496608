/** Requests by the service's own signed URLs. */
@NullMarked
package dev.stowage.http.signed;

import org.jspecify.annotations.NullMarked;
