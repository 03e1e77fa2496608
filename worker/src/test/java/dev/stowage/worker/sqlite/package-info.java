/** Tests of the worker's database. */
@NullMarked
package dev.stowage.worker.sqlite;

import org.jspecify.annotations.NullMarked;
