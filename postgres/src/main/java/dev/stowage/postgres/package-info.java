/**
 * The PostgreSQL database that several nodes share: connections, transactions, schema, clock and notifications.
 *
 * <h2>Changes of the schema</h2>
 *
 * <p>Nodes of two versions run on one database while they are replaced one after the other, so the schema changes in two
 * steps:
 *
 * <ol>
 *   <li><b>Expand.</b> A version adds what it needs: tables, columns that have a default or may be null, indexes. It
 *       writes the old form and the new one. Nodes of the version before keep running, because they name the columns that
 *       they use. The floor stays as it is.
 *   <li><b>Contract.</b> A later version, whose nodes don't need the old form any more, drops it, and raises the number
 *       in {@code schema_floor} to the oldest schema version whose nodes can run on what is left.
 * </ol>
 *
 * <p>The floor is checked when a node starts and at each heartbeat, by {@link dev.stowage.postgres.PostgresDatabase#checkSchema}.
 * A node whose own schema version is below the floor stops. A node whose version is the floor or above runs also on a
 * schema that is newer than itself.
 *
 * <p>A script is never changed after its release. It runs in one transaction, waits a few seconds at most for a lock on a
 * table that nodes use, and changes large tables only in ways that don't rewrite them.
 */
@NullMarked
package dev.stowage.postgres;

import org.jspecify.annotations.NullMarked;
