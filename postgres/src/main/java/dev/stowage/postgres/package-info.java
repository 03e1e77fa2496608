/**
 * The PostgreSQL database that several nodes share: connections, transactions, schema, clock and notifications.
 *
 * <h2>Changes of the schema</h2>
 *
 * <p>While nodes are replaced one after the other, nodes of two versions use one database. The schema therefore changes in two steps:
 *
 * <ol>
 *   <li><b>Expand.</b> A version adds what it needs: tables, columns that have a default or may be null, indexes. It writes both the old
 *       form and the new one. Nodes of the previous version keep working, because their statements name the columns that they use. The
 *       floor stays as it is.
 *   <li><b>Contract.</b> A later version, whose nodes no longer need the old form, drops it, and raises the number in
 *       {@code schema_floor} to the oldest schema version whose nodes can use what is left.
 * </ol>
 *
 * <p>Nodes check the floor when they start and at each heartbeat ({@link dev.stowage.postgres.PostgresDatabase#checkSchema}). A node whose
 * own schema version is below the floor no longer uses the database. A node whose version is the floor or above also uses a schema that is
 * newer than its own.
 *
 * <p>A script is never changed after its release. It runs in one transaction, waits at most a few seconds for a lock on a table that nodes
 * use, and does not rewrite large tables.
 */
@NullMarked
package dev.stowage.postgres;

import org.jspecify.annotations.NullMarked;
