package dev.stowage.testkit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.BatchJob;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.SessionPosition;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.multipart.UploadOrigin;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.port.records.Quota;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The contract of every repository for the order of its lists: that of the UTF-8 bytes of keys, names and ids, whatever the collation of
 * the database.
 */
public abstract class KeyOrderContract extends SharedRecordContract {

    /** In the order of their UTF-8 bytes. No other common order is the same: not that of UTF-16, of a language, or without case. */
    private static final List<String> ORDERED = List.of(
            " a",
            "-",
            "-a",
            "10",
            "2",
            "A",
            "A b",
            "B",
            "Z",
            "_",
            "a",
            "a b",
            "a!",
            "a-b",
            "a/b",
            "aB",
            "a_b",
            "ab",
            "b",
            "e\u0301",
            "z",
            "Ä",
            "ß",
            "ä",
            "é",
            "ÿ",
            "ā",
            "α",
            "я",
            "中",
            "\uE000",
            "\uFFFD",
            "\uD800\uDC00",
            "\uD83D\uDE00");

    /** In the same order, of those that can be in the id of an upload. */
    private static final List<String> IDS =
            List.of("!", "-", "-a", "10", "2", "A", "AB", "Ab", "B", "Z", "_", "a", "aB", "a_b", "ab", "b", "z", "~");

    @Test
    void names_areInTheOrderOfTheirBytes() {
        List<String> sorted = new ArrayList<>(ORDERED);
        sorted.sort((one, two) ->
                Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), two.getBytes(StandardCharsets.UTF_8)));

        assertThat(ORDERED).isEqualTo(sorted);
    }

    @Test
    void objects_areListedInOrder() {
        shuffled(ORDERED).forEach(name -> count(key(name), "p"));

        List<String> found = KeyOrderContract.<ProjectUsage.CountedObject>pages(
                after -> mine.usage().objects(7, after.map(ProjectUsage.CountedObject::key), Optional.empty()),
                object -> name(object.key()));

        assertThat(found).isEqualTo(ORDERED);
        for (int end = 0; end < ORDERED.size(); end += 5) {
            ObjectKey last = key(ORDERED.get(end));
            assertThat(mine.usage().objects(1000, Optional.empty(), Optional.of(last)))
                    .extracting(object -> name(object.key()))
                    .isEqualTo(ORDERED.subList(0, end + 1));
        }
    }

    @Test
    void projects_areListedInOrder() {
        shuffled(ORDERED).forEach(name -> count(key("of " + name), name));

        assertThat(KeyOrderContract.<ProjectUsage.Totals>pages(
                        after -> mine.usage().list(7, after.map(ProjectUsage.Totals::project)),
                        ProjectUsage.Totals::project))
                .isEqualTo(ORDERED);
    }

    @Test
    void uploads_areListedInOrder_byKeyAndThenById() {
        List<String> ids = List.of("A", "B", "a", "b");
        List<String> expected = new ArrayList<>();
        for (String name : ORDERED) {
            ids.forEach(id -> expected.add(name + " " + id + ORDERED.indexOf(name)));
        }
        for (String name : shuffled(ORDERED)) {
            shuffled(ids)
                    .forEach(id -> add(session(
                            key(name), id + ORDERED.indexOf(name), UploadOrigin.client(Optional.empty(), Map.of()))));
        }

        List<String> found = new ArrayList<>();
        Optional<SessionPosition> after = Optional.empty();
        do {
            Page<UploadProgress, SessionPosition> page =
                    mine.sessions().list(Optional.empty(), new KeyPrefix("raw/p/"), 7, after);
            page.items()
                    .forEach(upload -> found.add(name(upload.session().key()) + " "
                            + upload.session().id()));
            after = page.next();
        } while (after.isPresent());

        assertThat(found).isEqualTo(expected);
    }

    @Test
    void uploadsUnderAPrefix_areOnlyThoseWithIt() {
        List<String> names = List.of("A/1", "a/1", "a/2", "a0", "ä/1", "\uE000/1", "\uD83D\uDE00/1", "\uD83D\uDE00/2");
        names.forEach(name ->
                add(session(key(name), "u" + names.indexOf(name), UploadOrigin.client(Optional.empty(), Map.of()))));

        for (String folder : List.of("A/", "a/", "ä/", "\uE000/", "\uD83D\uDE00/")) {
            assertThat(mine.sessions()
                            .list(Optional.empty(), new KeyPrefix("raw/p/" + folder), 100, Optional.empty())
                            .items())
                    .extracting(upload -> name(upload.session().key()))
                    .containsExactlyElementsOf(names.stream()
                            .filter(name -> name.startsWith(folder))
                            .toList());
        }
    }

    @Test
    void uploads_areListedInOrder_byId() {
        for (String id : shuffled(IDS)) {
            UploadSession session = session(key("x"), id, UploadOrigin.client(Optional.empty(), Map.of()));
            add(session);
            add(session(
                    key("y"),
                    "process-" + id,
                    UploadOrigin.process(new ProcessId("mine"), Map.of(), OptionalLong.of(7))));
        }
        List<String> ofProcesses = IDS.stream().map(id -> "process-" + id).toList();

        assertThat(KeyOrderContract.<UploadSession>pages(
                        after -> mine.sessions().idle(LATER, 5, after),
                        session -> session.id().value()))
                .isEqualTo(IDS);
        assertThat(KeyOrderContract.<UploadSession>pages(
                        after -> mine.sessions().ofProcesses(5, after.map(UploadSession::id)),
                        session -> session.id().value()))
                .isEqualTo(ofProcesses);

        for (String id : IDS) {
            UploadSession open =
                    mine.sessions().find(key("x"), new UploadId(id)).orElseThrow();
            assertThat(mine.sessions().change(open, open.to(UploadState.ABORTING, NOW)))
                    .isTrue();
        }
        assertThat(KeyOrderContract.<UploadSession>pages(
                        after -> mine.sessions().unfinished(LATER, 5, after.map(UploadSession::id)),
                        session -> session.id().value()))
                .isEqualTo(IDS);
    }

    @Test
    void owners_takeTurnsInOrder() {
        for (String owner : shuffled(ORDERED)) {
            JobSource keys = new JobSource.Keys(List.of(key("1")), 1);
            JobSpec spec = new JobSpec("delete", keys, JobTarget.NONE, JobOptions.DEFAULT);
            mine.jobs()
                    .submit(
                            BatchJob.queued(JobId.random(), Optional.of(owner), spec, NOW),
                            Optional.empty(),
                            List.of(NewItem.of(key("1"))));
        }

        List<String> found = new ArrayList<>();
        Optional<String> from = Optional.empty();
        do {
            Page<BatchJobs.OpenJob, String> page = other.jobs().open(from, 7, 1, NOW);
            page.items().forEach(open -> found.add(open.job().owner().orElseThrow()));
            from = page.next();
        } while (from.isPresent());

        assertThat(found).isEqualTo(ORDERED);
    }

    private static <T> List<String> pages(Function<Optional<T>, List<T>> list, Function<T, String> name) {
        List<String> found = new ArrayList<>();
        List<T> page = list.apply(Optional.empty());
        while (!page.isEmpty()) {
            page.forEach(item -> found.add(name.apply(item)));
            page = list.apply(Optional.of(page.get(page.size() - 1)));
        }
        return found;
    }

    private void count(ObjectKey key, String project) {
        ProjectUsage.Intent intent = mine.usage().reserve(key, new Quota(project, OptionalLong.empty()), 1);
        assertThat(mine.usage().settle(List.of(new ProjectUsage.Result(intent, OptionalLong.of(1)))))
                .isEmpty();
    }

    private void add(UploadSession session) {
        mine.sessions().add(session, mine.sessions().intents().intend(session.key(), NOW));
    }

    private static UploadSession session(ObjectKey key, String id, UploadOrigin origin) {
        return UploadSession.begun(new UploadInfo(key, new UploadId(id), NOW), origin, ObjectAttributes.DEFAULT);
    }

    private static List<String> shuffled(List<String> names) {
        List<String> copy = new ArrayList<>(names);
        Collections.shuffle(copy, new Random(7));
        return copy;
    }

    private static String name(ObjectKey key) {
        return key.value().substring("raw/p/".length());
    }
}
