package dev.stowage.core.lifecycle;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ObjectSummary;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules by which files expire. Immutable. */
public final class LifecycleRules {

    /** No rules, before there have ever been any. */
    public static final LifecycleRules NONE = new LifecycleRules(0, List.of());

    private final long version;
    private final List<LifecycleRule> rules;
    private final Map<String, List<LifecycleRule>> byPrefix;
    private final List<Integer> lengths;

    /**
     * @param version grows with each change of the rules; from 0
     * @param rules in any order
     */
    public LifecycleRules(long version, List<LifecycleRule> rules) {
        this.version = version;
        this.rules = List.copyOf(rules);
        this.byPrefix = this.rules.stream()
                .collect(Collectors.groupingBy(rule -> rule.prefix().value()));
        this.lengths = byPrefix.keySet().stream()
                .map(String::length)
                .collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), List::copyOf));
    }

    /** Returns the version. */
    public long version() {
        return version;
    }

    /** Returns the rules; unmodifiable. */
    public List<LifecycleRule> all() {
        return rules;
    }

    /** Returns the rules that may concern the file of a key. Takes no longer when there are many rules for other prefixes. */
    public Stream<LifecycleRule> of(ObjectKey key) {
        String text = key.value();
        return lengths.stream()
                .filter(length -> length <= text.length())
                .flatMap(length -> byPrefix.getOrDefault(text.substring(0, length), List.of()).stream())
                .filter(rule -> rule.concerns(key));
    }

    /** Returns when a listed file expires at the earliest, by any rule; empty for never. */
    public Optional<Instant> earliest(ObjectSummary file) {
        return of(file.key()).flatMap(rule -> rule.earliest(file).stream()).min(Comparator.naturalOrder());
    }
}
