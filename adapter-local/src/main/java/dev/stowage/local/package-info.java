/** The embedded store: blobs in files, their index in SQLite. */
@NullMarked
package dev.stowage.local;

import org.jspecify.annotations.NullMarked;
