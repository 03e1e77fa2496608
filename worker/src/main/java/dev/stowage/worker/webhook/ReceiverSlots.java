package dev.stowage.worker.webhook;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many attempts may be made at the same time: in all, and for each webhook. Webhooks whose latest attempt failed or took long have fewer
 * each, and half of all together, so they don't delay the others. Safe for concurrent use.
 */
final class ReceiverSlots {

    static final int ALL = 64;
    static final int EACH = 8;
    static final int SLOW_EACH = 2;

    private static final int ALL_SLOW = ALL / 2;
    private static final Duration SLOW_AFTER = Duration.ofSeconds(2);
    private static final int MAX_TRACKED = 10_000;

    /** Those that are busy or slow. The oldest slow ones are forgotten if there are very many. */
    private final Map<String, Use> uses = new LinkedHashMap<>(16, 0.75f, true);

    private int taken;
    private int takenBySlow;

    private static final class Use {
        private int busy;
        private boolean slow;
    }

    /** Takes all slots that a webhook may have now, and returns their number. */
    synchronized int take(String webhook) {
        Use use = uses.computeIfAbsent(webhook, unused -> new Use());
        int each = (use.slow ? SLOW_EACH : EACH) - use.busy;
        int all = use.slow ? Math.min(ALL_SLOW - takenBySlow, ALL - taken) : ALL - taken;
        int count = Math.max(0, Math.min(each, all));
        add(use, count);
        forget(webhook, use);
        return count;
    }

    /** Returns slots that were not used. */
    synchronized void leave(String webhook, int count) {
        Use use = uses.get(webhook);
        if (use != null) {
            add(use, -count);
            forget(webhook, use);
        }
    }

    /** Returns the slot of an attempt. */
    synchronized void leave(String webhook, boolean success, Duration time) {
        Use use = uses.get(webhook);
        if (use == null) {
            return;
        }
        add(use, -1);
        boolean slow = !success || time.compareTo(SLOW_AFTER) > 0;
        if (slow != use.slow) {
            takenBySlow += slow ? use.busy : -use.busy;
            use.slow = slow;
        }
        forget(webhook, use);
    }

    private void add(Use use, int count) {
        use.busy += count;
        taken += count;
        takenBySlow += use.slow ? count : 0;
    }

    private void forget(String webhook, Use use) {
        if (use.busy == 0 && !use.slow) {
            Use unused = uses.remove(webhook);
        } else if (uses.size() > MAX_TRACKED) {
            uses.entrySet().stream()
                    .filter(entry -> entry.getValue().busy == 0)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .ifPresent(uses::remove);
        }
    }
}
