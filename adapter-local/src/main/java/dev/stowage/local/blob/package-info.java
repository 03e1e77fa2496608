/** Bytes on disk: files named by random ids, from the first byte written to the last reader gone. */
@NullMarked
package dev.stowage.local.blob;

import org.jspecify.annotations.NullMarked;
