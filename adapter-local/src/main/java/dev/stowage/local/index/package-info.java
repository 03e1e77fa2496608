/** The index: the SQLite database of objects, uploads and blobs, and its tables. */
@NullMarked
package dev.stowage.local.index;

import org.jspecify.annotations.NullMarked;
