package dev.stowage.repositories;

import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What differs between databases: the locks of rows, and a few expressions. */
public interface SqlDialect {

    /**
     * The end of a query that locks the rows that it returns until the end of the transaction, and returns their newest version; empty where
     * one transaction writes at a time.
     */
    String forUpdate();

    /** Like {@link #forUpdate}, for a query that leaves out rows that another transaction has locked. */
    String forUpdateSkipLocked();

    /**
     * Locks names until the end of the transaction, in an order that is the same for all. For what has no row of its own, such as the sum of
     * an owner's uploads. To be called once in a transaction, before other locks.
     *
     * @param names of any number; unrelated names may share a lock
     */
    void lock(Handle handle, Collection<String> names);

    /** The greater one of two expressions that are not null. */
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

    /** Follows the name of a table in a query that would be slow with another index than this one; may be empty. */
    String indexedBy(String index);

    /** Unused ids for rows of {@code usage_intent}, ascending. Ids are never reused. */
    List<Long> intentIds(Handle handle, int count);

    /** The changes of parts. */
    PartChanges parts();

    /** The table or view of the totals of projects. */
    String projectTotals();
}
