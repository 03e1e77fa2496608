/** ZIP files of many files: {@link dev.stowage.core.archive.Archives} for clients, and the encoding that batch jobs share. */
@NullMarked
package dev.stowage.core.archive;

import org.jspecify.annotations.NullMarked;
