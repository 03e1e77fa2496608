package dev.stowage.testkit.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import dev.stowage.core.quota.ProjectQuotas;
import dev.stowage.core.quota.UsageReport;
import dev.stowage.testkit.InMemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class UsageReportTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final ProjectQuotas QUOTAS =
            new ProjectQuotas(LAYOUT, OptionalLong.of(100), Map.of("p2", OptionalLong.empty()));

    private final InMemoryUsage usage = new InMemoryUsage();
    private final UsageReport report = report(QUOTAS);

    UsageReportTest() {
        for (String project : List.of("p1", "p2", "p3")) {
            store("raw/" + project + "/a", project);
        }
    }

    @Test
    void principalWithAllFiles_seesAllProjects_inPages() {
        Page<UsageReport.Entry, String> first = report.list(Principal.ANYONE, 2, Optional.empty());
        Page<UsageReport.Entry, String> last = report.list(Principal.ANYONE, 2, first.next());

        assertThat(first.items())
                .extracting(
                        entry -> entry.totals().project() + " " + entry.totals().bytes() + " " + entry.limit())
                .containsExactly("p1 7 OptionalLong[100]", "p2 7 OptionalLong.empty");
        assertThat(projects(last)).containsExactly("p3");
        assertThat(last.next()).isEmpty();
    }

    @Test
    void otherPrincipal_seesOnlyItsProjects_alsoEmptyOnes() {
        Principal own =
                of(new Scope.Project("p2"), new Scope.Project("none"), new Scope.Under(new KeyPrefix("raw/p3/")));

        assertThat(projects(report.list(own, 10, Optional.empty()))).containsExactly("none", "p2");
        assertThat(projects(report.list(own, 1, Optional.of("none")))).containsExactly("p2");
        assertThat(projects(report.list(of(new Scope.Under(new KeyPrefix("raw/"))), 10, Optional.empty())))
                .isEmpty();
    }

    @Test
    void principalThatMayNotRead_isRefused() {
        Principal writer = Principal.of("key:w", "w", new Rights(Set.of(new Scope.Everything()), Set.of(Action.WRITE)));

        assertThatThrownBy(() -> report.list(writer, 10, Optional.empty())).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> report.list(Principal.ANYONE, 0, Optional.empty()))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void withoutQuotas_staleTotalsAreNotShown() {
        UsageReport none = report(new ProjectQuotas(LAYOUT, OptionalLong.empty(), Map.of()));

        assertThat(none.list(Principal.ANYONE, 10, Optional.empty()).items()).isEmpty();
        assertThat(none.isComplete()).isFalse();
    }

    @Test
    void complete_onceAllFilesAreCounted() {
        assertThat(report.isComplete()).isFalse();

        usage.complete(LAYOUT.toString());

        assertThat(report.isComplete()).isTrue();
    }

    private UsageReport report(ProjectQuotas quotas) {
        return new UsageReport(usage, quotas, new AccessPolicy(LAYOUT, AuditLog.NONE));
    }

    private void store(String key, String project) {
        ProjectUsage.Intent intent = usage.reserve(new ObjectKey(key), new Quota(project, OptionalLong.empty()), 7);
        assertThat(usage.settle(List.of(new ProjectUsage.Result(intent, OptionalLong.of(7)))))
                .isEmpty();
    }

    private static List<String> projects(Page<UsageReport.Entry, String> page) {
        return page.items().stream().map(entry -> entry.totals().project()).toList();
    }

    private static Principal of(Scope... scopes) {
        return Principal.of("key:1", "one", new Rights(Set.of(scopes), Set.of(Action.READ)));
    }
}
