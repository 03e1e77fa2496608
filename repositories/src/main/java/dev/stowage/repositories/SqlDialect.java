package dev.stowage.repositories;

import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What differs between databases: row locks and a few expressions. */
public interface SqlDialect {

    /**
     * The end of a query that locks the returned rows until the end of the transaction, and returns their newest versions. Empty for databases
     * in which only one transaction writes at a time.
     */
    String forUpdate();

    /** Like {@link #forUpdate}, for a query that leaves out rows that another transaction has locked. */
    String forUpdateSkipLocked();

    /**
     * Locks names until the end of the transaction, in the same order for all transactions. For what has no row of its own, such as the sum
     * of an owner's uploads. To be called at most once in a transaction, before other locks.
     *
     * @param names of any number; unrelated names may share a lock
     */
    void lock(Handle handle, Collection<String> names);

    /** The greater of two expressions that are not null. */
    String greatest(String first, String second);

    /**
     * A subquery of whole numbers.
     *
     * @param parameter the name of a parameter that is bound to a JSON array of them, as text
     */
    String numbers(String parameter);

    /**
     * A subquery of rows.
     *
     * @param parameter the name of a parameter that is bound to a JSON array of objects, as text
     * @param columns the names of the objects' fields, each followed by its type: BIGINT or TEXT. A field that an object lacks is null
     */
    String rows(String parameter, String... columns);

    /** The bytes of an expression in hexadecimal. */
    String unhex(String expression);

    /** What follows the name of a table so that a query uses this index; empty where the database chooses it by itself. */
    String indexedBy(String index);

    /** Unused ids for rows of {@code usage_intent}, ascending. Ids are never reused. */
    List<Long> intentIds(Handle handle, int count);

    /** The changes of parts. */
    PartChanges parts();

    /** The name of the table or view with the totals of projects. */
    String projectTotals();
}
