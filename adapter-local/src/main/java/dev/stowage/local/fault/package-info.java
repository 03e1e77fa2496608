/** Translates failures of the disk and the database to exceptions of the core. */
@NullMarked
package dev.stowage.local.fault;

import org.jspecify.annotations.NullMarked;
