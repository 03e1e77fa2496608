/** What the blobs mean: the SQLite database, its tables, and the one thread that changes them. */
@NullMarked
package dev.stowage.local.index;

import org.jspecify.annotations.NullMarked;
