package dev.stowage.local.index;

import java.util.List;

/**
 * The result of a change, and what it freed.
 *
 * @param freed the contents that now have garbage, possibly with {@link GarbageTable#UNREAD}
 */
public record Stored<T>(T value, List<Long> freed) {}
