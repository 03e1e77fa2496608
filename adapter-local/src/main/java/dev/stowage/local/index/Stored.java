package dev.stowage.local.index;

import java.util.List;

/**
 * What a change made, and what it freed.
 *
 * @param freed the contents that have garbage now, {@link GarbageTable#UNREAD} among them
 */
public record Stored<T>(T value, List<Long> freed) {}
