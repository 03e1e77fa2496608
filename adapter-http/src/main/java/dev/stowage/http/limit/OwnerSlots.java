package dev.stowage.http.limit;

import dev.stowage.core.access.Principal;
import java.util.HashMap;
import java.util.Map;

/**
 * A number of slots, of which one principal may use only some. All callers without credentials count as one principal. Safe for concurrent
 * use.
 */
public final class OwnerSlots {

    private final int all;
    private final int each;
    private final Map<String, Integer> taken = new HashMap<>();
    private int sum;

    /**
     * @param all the number of slots
     * @param each the number of slots that one principal may use
     */
    public OwnerSlots(int all, int each) {
        this.all = all;
        this.each = each;
    }

    /** Takes a slot, which must be given back. Returns whether one was free. */
    public synchronized boolean take(Principal principal) {
        String owner = owner(principal);
        if (sum >= all || taken.getOrDefault(owner, 0) >= each) {
            return false;
        }
        sum++;
        int unused = taken.merge(owner, 1, Integer::sum);
        return true;
    }

    /** Gives a slot back. */
    public synchronized void leave(Principal principal) {
        sum--;
        Integer unused = taken.computeIfPresent(owner(principal), (owner, count) -> count == 1 ? null : count - 1);
    }

    private static String owner(Principal principal) {
        return principal.id().orElse("");
    }
}
