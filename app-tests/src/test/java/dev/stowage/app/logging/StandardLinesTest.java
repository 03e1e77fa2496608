package dev.stowage.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.error.StorageUnavailable;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit log on a standard stream. */
final class StandardLinesTest {

    private static final Principal CI = Principal.of("key:1", "ci", Rights.NONE);

    private final Stream stream = new Stream();
    private final PrintStream shared = new PrintStream(new BufferedOutputStream(stream), false, StandardCharsets.UTF_8);

    /**
     * A stream that takes large writes in pieces, between which it takes other writes, like a pipe. It can be full, like a file on a full
     * disk: then it takes a part of a write.
     */
    private static final class Stream extends OutputStream {
        private static final int PIECE = 4096;

        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private boolean full;

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (int at = 0; at < length; at += PIECE) {
                int piece = Math.min(PIECE, length - at);
                taken.write(bytes, from + at, full ? piece / 2 : piece);
                if (full) {
                    throw new IOException("No space left on device");
                }
            }
        }

        String text() {
            return taken.toString(StandardCharsets.UTF_8);
        }
    }

    private AuditLines audit(PrintStream through, boolean required) {
        return new AuditLines(new StandardLines("stdout", through, stream), required, System::nanoTime);
    }

    @Test
    void line_isWrittenAtOnce() throws IOException {
        audit(shared, false).add(put("a"));

        JsonNode line = new ObjectMapper().readTree(stream.text());
        assertThat(line.path("operation").asText()).isEqualTo("file.put");
        assertThat(line.path("key").asText()).isEqualTo("a");
        assertThat(stream.text()).endsWith("}\n");
    }

    @Test
    void lines_areNotMixedWithThoseOfOthers() throws Exception {
        AuditLines audit = audit(shared, false);
        byte[] other = ("-".repeat(20_000) + "\n").getBytes(StandardCharsets.UTF_8);
        List<Callable<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            writers.add(() -> {
                for (int n = 0; n < 200; n++) {
                    audit.add(put("a".repeat(900)));
                }
                return null;
            });
            writers.add(() -> {
                for (int n = 0; n < 200; n++) {
                    shared.write(other, 0, other.length);
                    shared.flush();
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(writers.size());
        for (Future<Void> writer : threads.invokeAll(writers)) {
            writer.get();
        }
        threads.shutdown();

        List<String> lines = stream.text().lines().toList();
        assertThat(lines).hasSize(1600).allMatch(line -> line.matches("-{20000}|\\{.*\\}"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fullStream_losesLines_refusesChangesWhereRequired_andRecovers(boolean buffered) throws IOException {
        PrintStream unbuffered = new PrintStream(stream, false, StandardCharsets.UTF_8);
        AuditLines audit = audit(buffered ? shared : unbuffered, true);
        stream.full = true;

        audit.add(put("lost"));

        assertThat(audit.lost()).isEqualTo(1);
        assertThat(audit.isFailing()).isTrue();
        assertThatThrownBy(audit::require).isInstanceOf(StorageUnavailable.class);

        stream.full = false;
        audit.require();
        audit.add(put("b"));
        assertThat(audit.isFailing()).isFalse();
        List<String> lines = stream.text().lines().toList();
        ObjectMapper json = new ObjectMapper();
        JsonNode notice = json.readTree(lines.get(lines.size() - 2));
        assertThat(notice.path("operation").asText()).isEqualTo("audit.lines_lost");
        assertThat(notice.path("count").asText()).isEqualTo("1");
        assertThat(json.readTree(lines.get(lines.size() - 1)).path("key").asText())
                .isEqualTo("b");
    }

    private static AuditEvent put(String key) {
        return AuditEvent.of(CI, "file.put", key, AuditEvent.OK);
    }
}
