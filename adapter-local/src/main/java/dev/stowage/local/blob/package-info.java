/** Files of bytes with random names: writing, reading and deleting them. */
@NullMarked
package dev.stowage.local.blob;

import org.jspecify.annotations.NullMarked;
