package dev.stowage.worker.job;

import static dev.stowage.worker.job.JobBench.into;
import static dev.stowage.worker.job.JobBench.keys;
import static dev.stowage.worker.job.JobBench.manifest;
import static dev.stowage.worker.job.JobBench.prefix;
import static dev.stowage.worker.job.JobBench.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.ItemState;
import dev.stowage.core.job.JobFailure;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobState;
import dev.stowage.core.job.JobTarget;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs have the rights that their owners have at the time of the work. */
final class JobOwnersTest {

    private static final Principal OWNER = owner(Action.values());

    private final JobBench bench = new JobBench();

    @BeforeEach
    void files() {
        bench.put("raw/p/a", "a");
        bench.put("raw/p/b", "b");
        bench.put("raw/q/foreign", "foreign");
        bench.asOwner(OWNER);
    }

    @Test
    void rightsRevokedBeforeTheRun_failTheItems_andChangeNothing() {
        JobId id = bench.submit("delete", keys("raw/p/a", "raw/p/b"), JobTarget.NONE);
        bench.asOwner(owner(Action.READ, Action.JOBS));

        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(bench.items(id))
                .extracting(ItemRecord::state, item -> item.error().orElse(""))
                .containsOnly(tuple(ItemState.FAILED, ErrorCode.ACCESS_DENIED.id()));
        assertThat(bench.isThere("raw/p/a")).isTrue();
    }

    @Test
    void jobOfADeletedOwner_accessesNoFile() {
        JobId id = bench.submit("delete", prefix("raw/p/"), JobTarget.NONE);
        bench.remove(OWNER);

        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(bench.status(id).job().error().map(JobFailure::error)).contains(ErrorCode.ACCESS_DENIED.id());
        assertThat(bench.items(id)).isEmpty();
        assertThat(bench.isThere("raw/p/a")).isTrue();
    }

    @Test
    void manifest_failsForForeignFiles_andRunsForOwnOnes() {
        bench.put("raw/p/list.csv", "key\nraw/p/a\nraw/q/foreign\nraw/p/b\n");
        JobId id = bench.submit("delete", manifest("raw/p/list.csv"), JobTarget.NONE);

        bench.run();

        assertThat(bench.items(id))
                .extracting(ItemRecord::state)
                .containsExactly(ItemState.SUCCEEDED, ItemState.FAILED, ItemState.SUCCEEDED);
        assertThat(bench.isThere("raw/q/foreign")).isTrue();
    }

    @Test
    void archive_skipsForeignFiles() {
        bench.put("raw/p/list.csv", "key\nraw/p/a\nraw/q/foreign\n");
        JobId id = bench.submit("archive", manifest("raw/p/list.csv"), into("raw/p/all.zip"));

        bench.run();

        assertThat(bench.items(id))
                .extracting(ItemRecord::state)
                .containsExactly(ItemState.SUCCEEDED, ItemState.FAILED);
        assertThat(new String(bench.bytes("raw/p/all.zip"), StandardCharsets.ISO_8859_1))
                .contains("raw/p/a")
                .doesNotContain("foreign");
    }

    @Test
    void move_withoutTheRightToDelete_copiesNothing() {
        JobId id = bench.submit("move", keys("raw/p/a"), to("processed/p/"));
        bench.asOwner(owner(Action.READ, Action.WRITE, Action.JOBS));

        bench.run();

        assertThat(bench.state(id)).isEqualTo(JobState.FAILED);
        assertThat(bench.isThere("processed/p/a")).isFalse();
    }

    @Test
    void forbiddenJob_isRefusedAtOnce() {
        bench.asOwner(owner(Action.READ, Action.JOBS));
        assertThatThrownBy(() -> bench.submit("delete", prefix("raw/p/"), JobTarget.NONE))
                .isInstanceOf(AccessDenied.class);
        bench.asOwner(owner(Action.READ, Action.WRITE, Action.DELETE));
        assertThatThrownBy(() -> bench.submit("delete", prefix("raw/p/"), JobTarget.NONE))
                .isInstanceOf(AccessDenied.class);
        bench.asOwner(OWNER);
        assertThatThrownBy(() -> bench.submit("copy", prefix("raw/p/"), to("processed/q/")))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> bench.submit("verify", prefix("raw/"), JobTarget.NONE))
                .isInstanceOf(AccessDenied.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "move"})
    void auditLines_ofCopiesAndMoves_nameBothKeys_forAllOutcomes(String operation) {
        bench.submit(operation, keys("raw/p/a", "raw/p/none"), to("raw/p/to/"));
        bench.audited.clear();

        bench.run();

        assertThat(bench.audited)
                .extracting(
                        AuditEvent::operation, line -> line.key().orElse(""), AuditEvent::result, AuditEvent::detail)
                .containsExactlyInAnyOrder(
                        tuple("job.item." + operation, "raw/p/to/a", "ok", Map.of("source", "raw/p/a")),
                        tuple(
                                "job.item." + operation,
                                "raw/p/to/none",
                                "FileNotFound",
                                Map.of("source", "raw/p/none")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "move"})
    void auditLines_ofRefusedCopiesAndMoves_nameBothKeysOfTheFirst(String operation) {
        bench.submit(operation, keys("raw/p/a", "raw/p/b"), to("raw/p/to/"));
        bench.asOwner(owner(Action.READ, Action.DELETE, Action.JOBS));
        bench.audited.clear();

        bench.run();

        assertThat(bench.audited)
                .extracting(line -> line.key().orElse(""), AuditEvent::result, AuditEvent::detail)
                .containsExactly(tuple("raw/p/to/a", "AccessDenied", Map.of("source", "raw/p/a", "count", "2")));
    }

    private static Principal owner(Action... actions) {
        Set<Action> may = Arrays.stream(actions).collect(Collectors.toSet());
        return Principal.of("key:owner", "owner", new Rights(Set.of(new Scope.Project("p")), may));
    }
}
