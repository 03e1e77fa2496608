package dev.stowage.core.quota;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Scope;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.PageLimit;
import dev.stowage.core.port.records.ProjectUsage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What projects store, and their quotas, over HTTP and on the command line. A principal sees the projects all of whose files it may read.
 * Safe for concurrent use.
 */
public final class UsageReport {

    private final ProjectUsage usage;
    private final ProjectQuotas quotas;
    private final AccessPolicy access;

    public UsageReport(ProjectUsage usage, ProjectQuotas quotas, AccessPolicy access) {
        this.usage = usage;
        this.quotas = quotas;
        this.access = access;
    }

    /**
     * The usage of a project.
     *
     * @param limit its quota in bytes; empty for none
     */
    public record Entry(ProjectUsage.Totals totals, OptionalLong limit) {}

    /**
     * Returns a page of the projects, by name: for a principal with all files those that store something, otherwise those of its scopes.
     * Empty when there are no quotas, as nothing is counted then.
     *
     * @param limit 1 to {@link PageLimit#MAX}
     * @param cursor the name of the last project of the previous page; empty for the first page
     * @throws dev.stowage.core.error.AccessDenied when the principal has no right to read
     * @throws InvalidInput when the limit is out of bounds
     */
    public Page<Entry, String> list(Principal principal, int limit, Optional<String> cursor) {
        return access.observed("usage.list", () -> listPermitted(principal, limit, cursor));
    }

    private Page<Entry, String> listPermitted(Principal principal, int limit, Optional<String> cursor) {
        access.check(principal, Action.READ);
        int max = PageLimit.check(limit);
        if (!quotas.enabled()) {
            return new Page<>(List.of(), Optional.empty());
        }
        boolean all = principal.rights().scopes().stream().anyMatch(Scope.Everything.class::isInstance);
        List<Entry> page = (all ? usage.list(max, cursor) : ofScopes(principal, max, cursor))
                .stream()
                        .map(totals -> new Entry(totals, quotas.limitOf(totals.project())))
                        .toList();
        return new Page<>(
                page,
                page.size() < max
                        ? Optional.empty()
                        : Optional.of(page.get(max - 1).totals().project()));
    }

    /** Whether all files are counted. False without quotas, and until files that existed before them are counted. */
    public boolean isComplete() {
        return quotas.enabled() && usage.isComplete(quotas.layout().toString());
    }

    private List<ProjectUsage.Totals> ofScopes(Principal principal, int max, Optional<String> cursor) {
        Predicate<String> isAfter =
                project -> cursor.map(last -> project.compareTo(last) > 0).orElse(true);
        return principal.rights().scopes().stream()
                .flatMap(scope -> scope instanceof Scope.Project project ? Stream.of(project.id()) : Stream.empty())
                .filter(isAfter)
                .sorted()
                .limit(max)
                .map(usage::totals)
                .toList();
    }
}
