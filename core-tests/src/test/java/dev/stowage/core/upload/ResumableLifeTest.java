package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.service.Signals.Topic;
import dev.stowage.core.signal.ProcessSignals;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Resumable uploads: their owners, and how they end. */
final class ResumableLifeTest extends ResumableSuite {

    private ResumableId running = ResumableId.random();

    @Test
    void uploadOfAnotherPrincipal_isNotFound() {
        ResumableId id = create(OptionalLong.of(9));
        Principal other = Principal.of("key:other", "other", Rights.ALL);

        assertThatThrownBy(() -> append.ask(other, id)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> append.append(other, id, append(0, Content.of(new byte[1]))))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> terminate.terminate(other, id)).isInstanceOf(NotFound.class);
    }

    @Test
    void requestInAnotherProcess_cutsTheOlderOne_whenItsSignalArrives() {
        assertThat(cuts(signals, other -> other.ask(ME, running))).isEqualTo(1);
    }

    @Test
    void requestInAnotherProcess_cutsTheOlderOne_atTheNextInterval_whenItsSignalIsLost() {
        assertThat(cuts(new ProcessSignals(), other -> {
                    other.ask(ME, running);
                    signals.send(Topic.UPLOADS, "");
                }))
                .isEqualTo(1);
    }

    @Test
    void intervals_cutNoRequestWithTheNewestToken() {
        ResumableId id = create(OptionalLong.of(3));
        AtomicInteger cuts = new AtomicInteger();
        Content body =
                new OvertakenContent("abc".getBytes(StandardCharsets.UTF_8), () -> signals.send(Topic.UPLOADS, ""));

        append.append(ME, id, cuttable(body, cuts));

        assertThat(cuts).hasValue(0);
        assertThat(storage.objects().stat(KEY)).isPresent();
    }

    /** Appends, meanwhile does something in another process, and returns how often the request was cut off. */
    private int cuts(ProcessSignals ofOther, Consumer<AppendToUpload> meanwhile) {
        running = create(OptionalLong.of(100));
        AppendToUpload other = inAnotherProcess(ofOther);
        AtomicInteger cuts = new AtomicInteger();
        Content body = new OvertakenContent("abc".getBytes(StandardCharsets.UTF_8), () -> meanwhile.accept(other));

        assertThatThrownBy(() -> append.append(ME, running, cuttable(body, cuts)))
                .isInstanceOf(Conflict.class);
        return cuts.get();
    }

    /** Its client may still be there: a conflict tells it to ask for the offset, a broken body would end the upload. */
    @Test
    void requestThatIsCutOff_isAConflict_alsoWithoutNewBytes() {
        running = create(OptionalLong.of(100));
        AppendToUpload other = inAnotherProcess(signals);
        AtomicInteger cuts = new AtomicInteger();
        InputStream cutOff = new InputStream() {
            @Override
            public int read() throws IOException {
                other.ask(ME, running);
                throw new EOFException("cut off");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };

        assertThatThrownBy(() -> append.append(ME, running, cuttable(Content.once(cutOff, OptionalLong.empty()), cuts)))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("took over");
        assertThat(cuts).hasValue(1);
    }

    private AppendToUpload inAnotherProcess(ProcessSignals itsSignals) {
        ResumableContext other = new ResumableContext(
                storage,
                sessions,
                new UploadMemory(1 << 20),
                new UploadLocker(itsSignals, sessions.resumable()),
                UploadEvents.NONE,
                Runnable::run,
                clock);
        return new AppendToUpload(other, POLICY);
    }

    private static AppendRequest cuttable(Content body, AtomicInteger cuts) {
        return new AppendRequest(
                OptionalLong.of(0), OptionalLong.empty(), false, body, List.of(), cuts::incrementAndGet);
    }

    @Test
    void terminated_isDeleted_alsoInTheStore() {
        ResumableId id = create(OptionalLong.of(100));
        send(id, 0, "0123456789a");

        terminate.terminate(ME, id);

        assertThatThrownBy(() -> append.ask(ME, id)).isInstanceOf(NotFound.class);
        assertThat(storage.uploads()
                        .listUploads(KeyPrefix.ALL, 10, Optional.empty())
                        .items())
                .isEmpty();
    }

    @Test
    void terminatedWhenComplete_keepsTheFile() {
        ResumableId id = create(OptionalLong.of(3));
        send(id, 0, "abc");

        terminate.terminate(ME, id);

        assertThatThrownBy(() -> append.ask(ME, id)).isInstanceOf(NotFound.class);
        assertThat(storage.objects().stat(KEY)).isPresent();
    }

    @Test
    void parts_canNotBeChangedAsThoseOfAMultipartUpload() {
        ResumableId id = create(OptionalLong.of(100));
        send(id, 0, "0123456789a");
        UploadSession session = session(id);
        PutPart putPart = new PutPart(storage, sessions, POLICY, new ProcessSignals(), clock);
        CompleteUpload complete = new CompleteUpload(storage.uploads(), storage.objects(), sessions, POLICY, clock);

        assertThatThrownBy(() ->
                        putPart.put(ME, KEY, session.id(), new PartNumber(1), Content.of(new byte[10]), List.of()))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> complete.complete(ME, KEY, session.id(), Optional.empty(), Preconditions.NONE))
                .isInstanceOf(Conflict.class);
        storage.uploads().putPart(KEY, session.id(), new PartNumber(2), Content.of(new byte[10]), List.of());
        assertThat(new GetUpload(storage.uploads(), sessions, POLICY)
                        .get(ME, KEY, session.id())
                        .bytes())
                .isEqualTo(11);
        assertThat(append.ask(ME, id).offset()).isEqualTo(11);
    }

    @Test
    void upload_expiresAfterItsLastByte() {
        ResumableId id = create(OptionalLong.of(100));
        Duration ttl = Duration.ofHours(1);
        ExpireUploads expire = new ExpireUploads(storage.uploads(), sessions, POLICY, clock, ttl);
        clock.advance(ttl.minusMinutes(1));
        send(id, 0, "01");
        clock.advance(ttl.minusMinutes(1));
        expire.expire();
        assertThat(append.ask(ME, id).offset()).isEqualTo(2);

        clock.advance(Duration.ofMinutes(2));
        expire.expire();

        assertThatThrownBy(() -> append.ask(ME, id)).isInstanceOf(NotFound.class);
    }
}
