package dev.stowage.worker.job;

import static dev.stowage.worker.job.Workshop.into;
import static dev.stowage.worker.job.Workshop.keys;
import static dev.stowage.worker.job.Workshop.manifest;
import static dev.stowage.worker.job.Workshop.prefix;
import static dev.stowage.worker.job.Workshop.to;
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

/** What jobs may do: what their owners may, when it is done. */
final class JobOwnersTest {

    private static final Principal OWNER = owner(Action.values());

    private final Workshop workshop = new Workshop();

    @BeforeEach
    void files() {
        workshop.put("raw/p/a", "a");
        workshop.put("raw/p/b", "b");
        workshop.put("raw/q/foreign", "foreign");
        workshop.asOwner(OWNER);
    }

    @Test
    void rightsTakenAwayBeforeItRuns_makeItsItemsFail_andChangeNothing() {
        JobId id = workshop.submit("delete", keys("raw/p/a", "raw/p/b"), JobTarget.NONE);
        workshop.asOwner(owner(Action.READ, Action.JOBS));

        workshop.run();

        assertThat(workshop.state(id)).isEqualTo(JobState.FAILED);
        assertThat(workshop.items(id))
                .extracting(ItemRecord::state, item -> item.error().orElse(""))
                .containsOnly(tuple(ItemState.FAILED, ErrorCode.ACCESS_DENIED.id()));
        assertThat(workshop.isThere("raw/p/a")).isTrue();
    }

    @Test
    void ofAnOwnerThatIsNoMore_noFileIsEvenLookedFor() {
        JobId id = workshop.submit("delete", prefix("raw/p/"), JobTarget.NONE);
        workshop.forget(OWNER);

        workshop.run();

        assertThat(workshop.state(id)).isEqualTo(JobState.FAILED);
        assertThat(workshop.status(id).job().error().map(JobFailure::error)).contains(ErrorCode.ACCESS_DENIED.id());
        assertThat(workshop.items(id)).isEmpty();
        assertThat(workshop.isThere("raw/p/a")).isTrue();
    }

    @Test
    void ofAManifest_foreignFilesFail_andOwnOnesAreDone() {
        workshop.put("raw/p/list.csv", "key\nraw/p/a\nraw/q/foreign\nraw/p/b\n");
        JobId id = workshop.submit("delete", manifest("raw/p/list.csv"), JobTarget.NONE);

        workshop.run();

        assertThat(workshop.items(id))
                .extracting(ItemRecord::state)
                .containsExactly(ItemState.SUCCEEDED, ItemState.FAILED, ItemState.SUCCEEDED);
        assertThat(workshop.isThere("raw/q/foreign")).isTrue();
    }

    @Test
    void anArchive_leavesForeignFilesOut() {
        workshop.put("raw/p/list.csv", "key\nraw/p/a\nraw/q/foreign\n");
        JobId id = workshop.submit("archive", manifest("raw/p/list.csv"), into("raw/p/all.zip"));

        workshop.run();

        assertThat(workshop.items(id))
                .extracting(ItemRecord::state)
                .containsExactly(ItemState.SUCCEEDED, ItemState.FAILED);
        assertThat(new String(workshop.bytes("raw/p/all.zip"), StandardCharsets.ISO_8859_1))
                .contains("raw/p/a")
                .doesNotContain("foreign");
    }

    @Test
    void aMove_whoseOwnerMustNotDelete_isNotEvenCopied() {
        JobId id = workshop.submit("move", keys("raw/p/a"), to("processed/p/"));
        workshop.asOwner(owner(Action.READ, Action.WRITE, Action.JOBS));

        workshop.run();

        assertThat(workshop.state(id)).isEqualTo(JobState.FAILED);
        assertThat(workshop.isThere("processed/p/a")).isFalse();
    }

    @Test
    void whatTheOwnerMustNotHaveDone_isRefusedAtOnce() {
        workshop.asOwner(owner(Action.READ, Action.JOBS));
        assertThatThrownBy(() -> workshop.submit("delete", prefix("raw/p/"), JobTarget.NONE))
                .isInstanceOf(AccessDenied.class);
        workshop.asOwner(owner(Action.READ, Action.WRITE, Action.DELETE));
        assertThatThrownBy(() -> workshop.submit("delete", prefix("raw/p/"), JobTarget.NONE))
                .isInstanceOf(AccessDenied.class);
        workshop.asOwner(OWNER);
        assertThatThrownBy(() -> workshop.submit("copy", prefix("raw/p/"), to("processed/q/")))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> workshop.submit("verify", prefix("raw/"), JobTarget.NONE))
                .isInstanceOf(AccessDenied.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "move"})
    void auditLines_ofCopiesAndMoves_nameBothKeys_whateverCameOfThem(String operation) {
        workshop.submit(operation, keys("raw/p/a", "raw/p/none"), to("raw/p/to/"));
        workshop.audited.clear();

        workshop.run();

        assertThat(workshop.audited)
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
        workshop.submit(operation, keys("raw/p/a", "raw/p/b"), to("raw/p/to/"));
        workshop.asOwner(owner(Action.READ, Action.DELETE, Action.JOBS));
        workshop.audited.clear();

        workshop.run();

        assertThat(workshop.audited)
                .extracting(line -> line.key().orElse(""), AuditEvent::result, AuditEvent::detail)
                .containsExactly(tuple("raw/p/to/a", "AccessDenied", Map.of("source", "raw/p/a", "count", "2")));
    }

    private static Principal owner(Action... actions) {
        Set<Action> may = Arrays.stream(actions).collect(Collectors.toSet());
        return Principal.of("key:owner", "owner", new Rights(Set.of(new Scope.Project("p")), may));
    }
}
