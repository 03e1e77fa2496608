package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.service.Signals.Topic;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemorySignals;
import dev.stowage.testkit.InMemoryStorage;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attempts at a part in processes that signal each other. */
final class PartSignalsTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
    private static final AccessPolicy POLICY = new AccessPolicy(LAYOUT, AuditLog.NONE);
    private static final ObjectKey KEY = new ObjectKey("raw/p1/a.txt");

    private final InMemorySessions sessions = new InMemorySessions();
    private final InMemoryStorage storage = new InMemoryStorage();
    private final InMemorySignals signals = new InMemorySignals();
    private final PutPart here = process();
    private final PutPart there = process();
    private UploadId upload;

    @BeforeEach
    void create() {
        upload = new CreateUpload(
                        storage.uploads(), sessions, LAYOUT, POLICY, Integer.MAX_VALUE, InstantSource.system())
                .create(Principal.ANYONE, KEY, ObjectAttributes.DEFAULT)
                .id();
    }

    @Test
    void newerAttemptInAnotherProcess_supersedesTheOlderOne_byItsSignal() {
        assertSuperseded(() -> put(there, 1, bytes("newer")));

        assertThat(signals.sent()).containsExactly("PARTS 2/1/" + upload);
        assertThat(storage.uploads()
                        .listParts(KEY, upload, 10, Optional.empty())
                        .items())
                .extracting(PartInfo::size)
                .containsExactly(5L);
    }

    @Test
    void signal_isSentOnly_whenAnOlderAttemptIsNotRecorded() {
        put(here, 1, bytes("one"));
        put(there, 2, bytes("two"));
        put(there, 1, bytes("again"));
        assertThat(signals.sent()).isEmpty();

        beginUnheard(1);
        put(there, 1, bytes("contested"));

        assertThat(signals.sent()).containsExactly("PARTS 5/1/" + upload);
    }

    @Test
    void whileSignalsArrive_theRecordIsNotAsked() {
        put(here, 1, new OvertakenContent(bytes("older"), () -> beginUnheard(1)));

        assertThat(storage.uploads()
                        .listParts(KEY, upload, 10, Optional.empty())
                        .items())
                .hasSize(1);
    }

    @Test
    void withoutSignals_theRecordIsAskedBeforeTheLastByte() {
        signals.disconnect();

        assertSuperseded(() -> beginUnheard(1));
    }

    @Test
    void lostSignal_isMadeUpFor_whenSignalsArriveAgain() {
        assertSuperseded(() -> {
            signals.disconnect();
            beginUnheard(1);
            signals.reconnect();
        });
    }

    @Test
    void signals_ofOlderAttempts_andOfOtherParts_supersedeNothing() {
        beginUnheard(1);

        PartInfo part = put(here, 1, new OvertakenContent(bytes("newest"), () -> {
            signals.ofProcess().send(Topic.PARTS, "1/1/" + upload);
            signals.ofProcess().send(Topic.PARTS, "2/1/" + upload);
            signals.ofProcess().send(Topic.PARTS, "3/2/" + upload);
            signals.ofProcess().send(Topic.PARTS, "3/1/" + upload + "/other");
            signals.ofProcess().send(Topic.PARTS, "");
        }));

        assertThat(part.size()).isEqualTo(6);
    }

    /** The attempt sends all but its last byte before {@code meanwhile}. */
    private void assertSuperseded(Runnable meanwhile) {
        assertThatThrownBy(() -> put(here, 1, new OvertakenContent(bytes("older bytes"), meanwhile)))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("newer upload of part 1");
    }

    /** Begins an attempt as a process whose signal is lost. */
    private void beginUnheard(int number) {
        assertThat(sessions.beginPart(KEY, upload, Optional.empty(), new PartNumber(number)))
                .isPresent();
    }

    private PutPart process() {
        return new PutPart(storage, sessions, POLICY, signals.ofProcess(), InstantSource.system());
    }

    private PartInfo put(PutPart process, int number, Content content) {
        return process.put(Principal.ANYONE, KEY, upload, new PartNumber(number), content, List.of());
    }

    private PartInfo put(PutPart process, int number, byte[] bytes) {
        return put(process, number, Content.of(bytes));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
