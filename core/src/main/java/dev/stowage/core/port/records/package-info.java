/** The ports of the database: the durable records of uploads, jobs, keys, events and others. Module {@code repositories} implements them. */
@NullMarked
package dev.stowage.core.port.records;

import org.jspecify.annotations.NullMarked;
