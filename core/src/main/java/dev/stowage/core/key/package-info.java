/** Object keys, listing prefixes and the layout that written keys follow. */
@NullMarked
package dev.stowage.core.key;

import org.jspecify.annotations.NullMarked;
