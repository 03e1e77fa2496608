package dev.stowage.core.event;

import dev.stowage.core.access.Origin;
import dev.stowage.core.key.ObjectKey;
import java.time.Instant;

/**
 * The record that an object is about to be changed in a store that has no journal.
 *
 * @param id unique, growing
 * @param deletion whether the object is to be deleted
 * @param begunAt when the change began
 * @param after the id of the last event before the change
 */
public record ChangeIntent(long id, ObjectKey key, boolean deletion, Origin origin, Instant begunAt, long after) {}
