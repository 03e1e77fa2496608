package dev.stowage.core.expiry;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditedAction;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.lifecycle.LifecycleRule;
import dev.stowage.core.lifecycle.LifecycleRules;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.records.ExpiryRecords;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rules by which files expire. A principal sees and changes the rules for prefixes under which it may delete every file; those of others
 * do not exist for it. Safe for concurrent use.
 */
public final class Lifecycle {

    /** The maximum number of rules that one principal sees. */
    public static final int MAX_RULES = 1000;

    private static final int ATTEMPTS = 10;

    private static final Comparator<LifecycleRule> ORDER =
            Comparator.comparing((LifecycleRule rule) -> rule.prefix().value()).thenComparing(LifecycleRule::id);

    private final ExpiryRecords records;
    private final AccessPolicy access;
    private final PreviewExpiry previews;

    /** @param readers asks the store for the properties of several files at once; may run tasks in the caller's thread */
    public Lifecycle(
            ExpiryRecords records, ObjectStore store, AccessPolicy access, Executor readers, InstantSource clock) {
        this.records = records;
        this.access = access;
        this.previews = new PreviewExpiry(store, readers, clock);
    }

    /**
     * Returns the rules that the principal may change, in the order of their prefixes and ids.
     *
     * @throws dev.stowage.core.error.AccessDenied when the principal has no right to delete files at all
     */
    public List<LifecycleRule> rules(Principal principal) {
        access.check(principal, Action.DELETE);
        return visible(principal, records.rules().all());
    }

    private List<LifecycleRule> visible(Principal principal, List<LifecycleRule> rules) {
        return rules.stream()
                .filter(rule -> isVisible(principal, rule))
                .sorted(ORDER)
                .toList();
    }

    private boolean isVisible(Principal principal, LifecycleRule rule) {
        return access.permissions().allows(principal, Action.DELETE, rule.prefix());
    }

    /**
     * Replaces all rules that the principal may change. It becomes the writer of each, and a rule only takes files that its writer may delete
     * at that time. Rules that are left out take no more files: what is being deleted at the moment, up to a thousand files, may still be.
     * A repetition does nothing, whatever is expected.
     *
     * @param rules their writers are ignored
     * @param expected decides whether the rules that {@link #rules} would return may be replaced. Others can't change them between its
     *     decision and the replacement; it is asked again if they have
     * @return the rules as stored, in the order of {@link #rules}
     * @throws PreconditionFailed when they are not expected
     * @throws dev.stowage.core.error.AccessDenied when the principal may not delete every file under a prefix; or not read them, for a rule
     *     with a filter
     * @throws InvalidInput when two rules have the same prefix and id, or there are more than {@link #MAX_RULES}
     * @throws Conflict when others keep changing rules
     */
    public List<LifecycleRule> replace(
            Principal principal, List<LifecycleRule> rules, Predicate<List<LifecycleRule>> expected) {
        AuditedAction action = AuditedAction.of("lifecycle.put").with("rules", rules.size());
        return access.audited(principal, action, () -> {
            rules.forEach(rule -> checkRights(principal, rule, rule.filter().isPresent()));
            checkNames(rules);
            List<LifecycleRule> written =
                    rules.stream().map(rule -> rule.by(principal.id())).toList();
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                LifecycleRules current = records.rules();
                List<LifecycleRule> others = current.all().stream()
                        .filter(rule -> !isVisible(principal, rule))
                        .toList();
                List<LifecycleRule> all =
                        Stream.concat(others.stream(), written.stream()).toList();
                // A client may repeat a request whose response was lost (RFC 9110, section 13.1.1).
                if (Set.copyOf(all).equals(Set.copyOf(current.all()))) {
                    return visible(principal, all);
                }
                if (!expected.test(visible(principal, current.all()))) {
                    throw new PreconditionFailed(
                            "The rules have changed since you read them; read them again and repeat the change");
                }
                if (records.replace(current.version(), all)) {
                    return visible(principal, all);
                }
            }
            throw new Conflict("The rules are being changed by other requests; try again");
        });
    }

    private void checkRights(Principal principal, LifecycleRule rule, boolean reads) {
        access.permissions().check(principal, Action.DELETE, rule.prefix());
        if (reads) {
            access.permissions().check(principal, Action.READ, rule.prefix());
        }
    }

    private static void checkNames(List<LifecycleRule> rules) {
        if (rules.size() > MAX_RULES) {
            throw invalid("There can be at most " + MAX_RULES + " rules, not " + rules.size());
        }
        Set<List<String>> names = new HashSet<>();
        for (LifecycleRule rule : rules) {
            if (!names.add(List.of(rule.prefix().value(), rule.id()))) {
                throw invalid("Two rules for the prefix '" + rule.prefix() + "' have the id " + rule.id()
                        + "; use another id for one of them");
            }
        }
    }

    private static InvalidInput invalid(String message) {
        return InvalidInput.ofField("rules", message);
    }

    /**
     * Returns which files have expired by rules, without deleting them. Large prefixes take several calls.
     *
     * @param rules empty for the current rules that the principal may change
     * @param cursor of the previous call; empty to begin
     * @throws dev.stowage.core.error.AccessDenied when the principal may not delete and read every file under a prefix
     * @throws InvalidInput when the rules or the cursor are not valid
     */
    public ExpiryPreview preview(Principal principal, Optional<List<LifecycleRule>> rules, Optional<String> cursor) {
        return access.audited(principal, AuditedAction.of("lifecycle.preview"), () -> {
            access.permissions().check(principal, Action.DELETE);
            List<LifecycleRule> asked =
                    rules.orElseGet(() -> visible(principal, records.rules().all()));
            asked.forEach(rule -> checkRights(principal, rule, true));
            checkNames(asked);
            return previews.preview(asked, cursor);
        });
    }
}
