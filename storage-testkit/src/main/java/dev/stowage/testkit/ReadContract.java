package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Lending objects to readers. */
interface ReadContract extends StoreFixture {

    @Test
    default void read_passesTheObjectsProperties() throws IOException {
        put(key("described"), "0123456789");

        ObjectInfo info = store().read(key("described"), ReadOptions.ALL, (object, span, body) -> {
            assertThat(span).isEqualTo(ByteSpan.whole(10));
            return object;
        });

        assertThat(info).isEqualTo(store().stat(key("described")).orElseThrow());
    }

    @Test
    default void read_returnsTheReadersResult() throws IOException {
        put(key("returned"), "abc");
        AtomicInteger calls = new AtomicInteger();

        Integer result = store().read(key("returned"), ReadOptions.ALL, (info, span, body) -> calls.incrementAndGet());

        assertThat(result).isEqualTo(1);
    }

    @Test
    default void read_ofMissingObject_callsNoReader() {
        AtomicInteger calls = new AtomicInteger();

        assertThatThrownBy(() ->
                        store().read(key("missing"), ReadOptions.ALL, (info, span, body) -> calls.incrementAndGet()))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("missing");
        assertThat(calls).hasValue(0);
    }

    @Test
    default void read_ifMatch_onThatVersion_reads() throws IOException {
        ObjectInfo info = put(key("match"), "abc");

        assertThat(text(key("match"), ReadOptions.ALL.ifMatch(info.etag()))).isEqualTo("abc");
    }

    @Test
    default void read_ifMatch_onAnotherVersion_callsNoReader() {
        ObjectInfo old = put(key("other"), "old");
        put(key("other"), "new one");
        AtomicInteger calls = new AtomicInteger();

        for (Etag etag : List.of(old.etag(), new Etag("nobody-s"))) {
            assertThatThrownBy(() -> store().read(
                                    key("other"),
                                    ReadOptions.ALL.ifMatch(etag),
                                    (info, span, body) -> calls.incrementAndGet()))
                    .isInstanceOf(PreconditionFailed.class);
        }
        assertThat(calls).hasValue(0);
    }

    @Test
    default void read_ifMatch_onMissingObject_isNotFound() {
        assertThatThrownBy(() -> text(key("missing"), ReadOptions.ALL.ifMatch(new Etag("any"))))
                .isInstanceOf(NotFound.class);
    }

    @Test
    default void read_withIfMatchAndRange_reads() throws IOException {
        ObjectInfo info = put(key("both"), "0123456789");

        assertThat(text(key("both"), ReadOptions.of(new ByteRange.Slice(2, 4)).ifMatch(info.etag())))
                .isEqualTo("234");
    }

    @Test
    default void read_byReaderThatStopsEarly_returnsItsResult() throws IOException {
        long size = 8 << 20;
        put(key("early"), Bodies.pattern(size, 3));

        int first = store().read(key("early"), ReadOptions.ALL, (info, span, body) -> body.read());
        int none = store().read(key("early"), ReadOptions.ALL, (info, span, body) -> -2);

        assertThat((byte) first).isEqualTo(Bodies.at(0, 3));
        assertThat(none).isEqualTo(-2);
        verify(key("early"), size, 3);
    }

    /** Stores have a pool of connections or files; a reader that stops early gives back what it used. */
    @Test
    default void read_by200ReadersThatStopEarly_takesUpNothing() throws IOException {
        long size = 300_000;
        put(key("left"), Bodies.pattern(size, 3));
        IOException gone = new IOException("the client went away");

        for (int i = 0; i < 200; i++) {
            if (i % 2 == 0) {
                int first = store().read(key("left"), ReadOptions.ALL, (info, span, body) -> body.read());
                assertThat((byte) first).isEqualTo(Bodies.at(0, 3));
            } else {
                assertThatThrownBy(() -> store().read(key("left"), ReadOptions.ALL, (info, span, body) -> {
                            throw gone;
                        }))
                        .as("reader %s", i)
                        .isSameAs(gone);
            }
        }

        verify(key("left"), size, 3);
    }

    @Test
    default void read_byReaderThatFails_throwsItsException() throws IOException {
        long size = 2 << 20;
        put(key("failing"), Bodies.pattern(size, 4));
        IOException checked = new IOException("the client went away");
        RuntimeException unchecked = new IllegalArgumentException("a defect");

        assertThatThrownBy(() -> store().read(key("failing"), ReadOptions.ALL, (info, span, body) -> {
                    body.readNBytes(1000);
                    throw checked;
                }))
                .isSameAs(checked);
        assertThatThrownBy(() -> store().read(key("failing"), ReadOptions.ALL, (info, span, body) -> {
                    throw unchecked;
                }))
                .isSameAs(unchecked);
        verify(key("failing"), size, 4);
    }

    @Test
    default void read_closesTheStreamItLent() throws IOException {
        put(key("escaped"), Bodies.pattern(1 << 20, 5));

        InputStream escaped = store().read(key("escaped"), ReadOptions.ALL, (info, span, body) -> body);

        assertThatThrownBy(escaped::readAllBytes).isInstanceOf(Exception.class);
    }
}
