/** PostgreSQL servers for tests, without Docker. */
@NullMarked
package dev.stowage.testkit.postgres;

import org.jspecify.annotations.NullMarked;
