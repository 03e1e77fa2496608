/** API keys, and what a caller is and may see: its rights, and what its projects use. */
@NullMarked
package dev.stowage.http.account;

import org.jspecify.annotations.NullMarked;
