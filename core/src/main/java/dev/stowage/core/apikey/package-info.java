/** API keys: making, listing, revoking and rotating them, and telling who brings one. */
@NullMarked
package dev.stowage.core.apikey;

import org.jspecify.annotations.NullMarked;
