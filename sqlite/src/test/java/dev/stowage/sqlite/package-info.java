/** Tests of the SQLite kit. */
@NullMarked
package dev.stowage.sqlite;

import org.jspecify.annotations.NullMarked;
