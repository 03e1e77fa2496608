/** API keys: creation, listing, revocation, rotation, and authentication. */
@NullMarked
package dev.stowage.core.apikey;

import org.jspecify.annotations.NullMarked;
