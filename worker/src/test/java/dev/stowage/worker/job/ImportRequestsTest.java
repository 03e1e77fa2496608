package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.keys;
import static dev.stowage.worker.job.JobBench.prefix;
import static dev.stowage.worker.job.JobBench.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.ImportFrom;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.object.AttributeChanges;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may import, and which requests are refused. */
class ImportRequestsTest extends ImportSuite {

    @Test
    void onlyAdminsAndNamedPrincipals_mayImport_andOnlyAdminsAreToldTheNames() {
        there("x/a", "A");
        bench.asOwner(principal("stranger", new Scope.Everything(), Action.JOBS, Action.READ, Action.WRITE));
        assertThatThrownBy(() -> run(prefix("x/"), to("raw/p/"), false)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> submitFrom("none", prefix("x/"))).isInstanceOf(AccessDenied.class);

        bench.asOwner(principal("friend", new Scope.Project("p"), Action.JOBS, Action.ADMIN));
        assertThatThrownBy(() -> run(prefix("x/"), to("raw/p/"), false)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> submitFrom("none", prefix("x/"))).isInstanceOf(AccessDenied.class);

        bench.asOwner(principal("friend", new Scope.Project("p"), Action.JOBS, Action.WRITE));
        assertThat(bench.state(run(prefix("x/"), to("raw/p/"), false))).isEqualTo(JobState.SUCCEEDED);
        assertThatThrownBy(() -> run(prefix("x/"), to("raw/q/"), false)).isInstanceOf(AccessDenied.class);

        bench.asOwner(principal("boss", new Scope.Everything(), Action.JOBS, Action.WRITE, Action.ADMIN));
        assertThat(bench.state(run(prefix("x/"), to("raw/q/"), false))).isEqualTo(JobState.SUCCEEDED);
        assertThatThrownBy(() -> submitFrom("none", prefix("x/")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("IMPORT_SOURCES names old");
    }

    @Test
    void anOwnerWithoutTheRightAnyMore_importsNothing() {
        there("x/a", "A");
        Principal boss = principal("boss", new Scope.Everything(), Action.JOBS, Action.WRITE, Action.ADMIN);
        bench.asOwner(boss);
        JobId id = submit(keys("x/a"), to("raw/p/"), false, JobOptions.DEFAULT);
        bench.asOwner(principal("boss", new Scope.Everything(), Action.JOBS, Action.WRITE));

        bench.run();

        assertThat(bench.items(id)).extracting(ItemRecord::error).containsExactly(Optional.of("AccessDenied"));
        assertThat(bench.isThere("raw/p/a")).isFalse();
    }

    @Test
    void unclearRequests_areRefused() {
        assertThatThrownBy(() -> bench.submit("import", prefix("x/"), to("raw/p/")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("source.from");
        assertThatThrownBy(() -> bench.clients()
                        .submit(
                                bench.owner,
                                new JobSpec("copy", prefix("x/"), to("raw/p/"), JobOptions.DEFAULT)
                                        .from(Optional.of(new ImportFrom("old", false))),
                                Optional.empty()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("copy does not use source.from");
        assertThatThrownBy(() -> run(prefix("x/"), to("elsewhere/"), false)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> run(prefix("x/"), JobTarget.NONE, false)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> run(
                        prefix("x/"),
                        new JobTarget(
                                Optional.empty(),
                                Optional.of(new KeyPrefix("x/")),
                                Optional.empty(),
                                AttributeChanges.NONE),
                        false))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("target.prefix is missing");
        assertThatThrownBy(() -> new ImportFrom("Old", false)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void anImportWithoutFiles_saysSo() {
        JobId id = run(prefix("none/"), to("raw/p/"), false);

        assertThat(bench.status(id).job().error().map(JobFailure::error)).contains("NoItems");
    }

    private void submitFrom(String name, JobSource source) {
        JobSpec spec = new JobSpec("import", source, to("raw/p/"), JobOptions.DEFAULT)
                .from(Optional.of(new ImportFrom(name, false)));
        assertThat(bench.clients().submit(bench.owner, spec, Optional.empty())).isNotNull();
    }

    private static Principal principal(String id, Scope scope, Action... actions) {
        return Principal.of(id, id, new Rights(Set.of(scope), Set.of(actions)));
    }
}
