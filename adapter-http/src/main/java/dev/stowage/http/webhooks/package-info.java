/** Routes of webhooks. */
@NullMarked
package dev.stowage.http.webhooks;

import org.jspecify.annotations.NullMarked;
