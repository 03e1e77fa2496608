/**
 * Repositories in SQL: upload sessions, jobs, API keys, principals, usage and leases. The statements are those that all supported databases
 * share; {@link dev.stowage.repositories.SqlDialect} has what differs.
 *
 * <p>Transactions that read before they write lock what they read, because a database may run them concurrently at READ COMMITTED. The
 * order of locks is the same everywhere, so that transactions don't deadlock: names
 * ({@link dev.stowage.repositories.SqlDialect#lock}), then the row of a job or an upload session, then the rows that belong to it.
 */
@NullMarked
package dev.stowage.repositories;

import org.jspecify.annotations.NullMarked;
