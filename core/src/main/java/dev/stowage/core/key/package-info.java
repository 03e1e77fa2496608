/** Object keys, prefixes, and the layout of keys that are written. */
@NullMarked
package dev.stowage.core.key;

import org.jspecify.annotations.NullMarked;
