/** Signed URLs of the service itself. */
@NullMarked
package dev.stowage.local.url;

import org.jspecify.annotations.NullMarked;
