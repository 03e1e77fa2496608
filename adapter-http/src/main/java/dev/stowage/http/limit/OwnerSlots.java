package dev.stowage.http.limit;

import dev.stowage.core.access.Principal;
import java.util.HashMap;
import java.util.Map;

/** A number of places, of which one principal gets a part at most; all callers without credentials are one. Safe for concurrent use. */
public final class OwnerSlots {

    private final int all;
    private final int each;
    private final Map<String, Integer> taken = new HashMap<>();
    private int sum;

    /**
     * @param all how many there are
     * @param each how many one principal may have
     */
    public OwnerSlots(int all, int each) {
        this.all = all;
        this.each = each;
    }

    /** Takes a place, which has to be given back; says whether there was one. */
    public synchronized boolean take(Principal principal) {
        String owner = owner(principal);
        if (sum >= all || taken.getOrDefault(owner, 0) >= each) {
            return false;
        }
        sum++;
        int unused = taken.merge(owner, 1, Integer::sum);
        return true;
    }

    /** Gives a place back. */
    public synchronized void leave(Principal principal) {
        sum--;
        Integer unused = taken.computeIfPresent(owner(principal), (owner, count) -> count == 1 ? null : count - 1);
    }

    private static String owner(Principal principal) {
        return principal.id().orElse("");
    }
}
