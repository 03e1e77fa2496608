/** Tests of statements of the repositories that need an SQLite database. */
@NullMarked
package dev.stowage.repositories;

import org.jspecify.annotations.NullMarked;
