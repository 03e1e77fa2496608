package dev.stowage.core.expiry;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.core.port.service.Principals;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Whether those who wrote rules could do themselves what the rules do. */
record RuleWriters(Principals principals, AccessPolicy access) {

    /** Returns the rights at this moment, each read once. For one thread. */
    Now now() {
        return new Now(this);
    }

    static final class Now {

        private final RuleWriters writers;
        private final Map<Optional<String>, Principal> known = new HashMap<>();

        private Now(RuleWriters writers) {
            this.writers = writers;
        }

        /** Whether the writer of the rule may delete the file of the key, and may know about it what the filter compares. */
        boolean allow(LifecycleRule rule, ObjectKey key) {
            Principal writer = known.computeIfAbsent(rule.writer(), writers.principals()::owner);
            return writers.access().allows(writer, Action.DELETE, key)
                    && (rule.filter().isEmpty() || writers.access().allows(writer, Action.READ, key));
        }
    }
}
