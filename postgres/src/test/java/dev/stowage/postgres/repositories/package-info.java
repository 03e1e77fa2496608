/** The contracts of the repositories, on PostgreSQL. */
@NullMarked
package dev.stowage.postgres.repositories;

import org.jspecify.annotations.NullMarked;
