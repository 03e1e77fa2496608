/** The embedded store: blobs in files, and their index in SQLite. */
@NullMarked
package dev.stowage.local;

import org.jspecify.annotations.NullMarked;
