/** Signed URLs that lead to the service itself. */
@NullMarked
package dev.stowage.local.url;

import org.jspecify.annotations.NullMarked;
