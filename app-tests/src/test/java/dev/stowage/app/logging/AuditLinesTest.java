package dev.stowage.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

final class AuditLinesTest {

    private static final Principal CI = Principal.of("key:1", "ci", Rights.NONE);

    @TempDir
    Path folder;

    @Test
    void line_hasPrincipal_operation_key_andResult() throws IOException {
        AuditLines audit = AuditLines.open(folder.resolve("audit.jsonl"), false);
        MDC.put("request_id", "r1");

        audit.add(new AuditEvent(Optional.of(CI), "file.put", Optional.of("raw/p/a"), "ok", Map.of("job", "j1")));
        MDC.remove("request_id");

        JsonNode line = lines().get(0);
        assertThat(line.path("principal").asText()).isEqualTo("key:1");
        assertThat(line.path("name").asText()).isEqualTo("ci");
        assertThat(line.path("operation").asText()).isEqualTo("file.put");
        assertThat(line.path("key").asText()).isEqualTo("raw/p/a");
        assertThat(line.path("result").asText()).isEqualTo("ok");
        assertThat(line.path("job").asText()).isEqualTo("j1");
        assertThat(line.path("request_id").asText()).isEqualTo("r1");
        assertThat(line.path("time").asText()).endsWith("Z");
    }

    @Test
    void clientValues_cannotForgeALineOrAField() throws IOException {
        AuditLines audit = AuditLines.open(folder.resolve("audit.jsonl"), false);
        String forged = "a\"}\n{\"principal\":\"operator\",\"result\":\"ok\u2028\r";

        audit.add(AuditEvent.of(Principal.of(forged, forged, Rights.NONE), "file.put", forged, "AccessDenied"));

        assertThat(lines()).hasSize(1);
        JsonNode line = lines().get(0);
        assertThat(line.path("principal").asText()).isEqualTo(forged);
        assertThat(line.path("key").asText()).isEqualTo(forged);
        assertThat(line.path("result").asText()).isEqualTo("AccessDenied");
    }

    @Test
    void open_appendsToAnExistingFile() throws IOException {
        AuditLines.open(folder.resolve("audit.jsonl"), false).add(AuditEvent.of(CI, "file.put", "a", "ok"));
        AuditLines.open(folder.resolve("audit.jsonl"), false).add(AuditEvent.of(CI, "file.put", "b", "ok"));

        assertThat(lines()).extracting(line -> line.path("key").asText()).containsExactly("a", "b");
    }

    @Test
    void unwritableFile_isReportedAtOnce() throws IOException {
        Path folderInItsPlace = Files.createDirectory(folder.resolve("audit.jsonl"));

        assertThatThrownBy(() -> AuditLines.open(folderInItsPlace, false)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void renamedOrRemovedFile_isCreatedAgain() throws IOException {
        Path file = folder.resolve("audit.jsonl");
        AuditLines audit = AuditLines.open(file, false);
        audit.add(AuditEvent.of(CI, "file.put", "a", "ok"));
        Files.move(file, folder.resolve("audit.jsonl.1"));
        audit.add(AuditEvent.of(CI, "file.put", "b", "ok"));

        assertThat(keys()).containsExactly("b");
        assertThat(Files.readString(folder.resolve("audit.jsonl.1")))
                .contains("\"key\":\"a\"")
                .doesNotContain("\"key\":\"b\"");

        Files.delete(file);
        audit.add(AuditEvent.of(CI, "file.put", "c", "ok"));
        assertThat(keys()).containsExactly("c");
    }

    @Test
    void incompleteLine_isTerminatedBeforeTheNext() throws IOException {
        Path file = folder.resolve("audit.jsonl");
        Files.writeString(file, "{\"torn\":");
        AuditLines audit = AuditLines.open(file, false);

        audit.add(AuditEvent.of(CI, "file.put", "a", "ok"));
        Files.writeString(file, "{\"torn by another process", StandardOpenOption.APPEND);
        audit.add(AuditEvent.of(CI, "file.put", "b", "ok"));

        assertThat(Files.readAllLines(file)).hasSize(4).element(3).asString().contains("\"key\":\"b\"");
    }

    @Test
    void truncatedFile_isAppendedTo() throws IOException {
        Path file = folder.resolve("audit.jsonl");
        AuditLines audit = AuditLines.open(file, false);
        audit.add(AuditEvent.of(CI, "file.put", "a", "ok"));

        Files.write(file, new byte[0]);
        audit.add(AuditEvent.of(CI, "file.put", "b", "ok"));

        assertThat(keys()).containsExactly("b");
    }

    @Test
    void file_isAccessibleOnlyToItsOwner() throws IOException {
        Path file = folder.resolve("new/audit.jsonl");
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));

        AuditLines.open(file, false);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new"))))
                .isEqualTo("rwx------");
    }

    @Test
    void interruptedThread_stillWrites() throws IOException {
        AuditLines audit = AuditLines.open(folder.resolve("audit.jsonl"), false);

        Thread.currentThread().interrupt();
        audit.add(AuditEvent.of(CI, "file.put", "a", "ok"));
        assertThat(Thread.interrupted()).isTrue();
        audit.add(AuditEvent.of(CI, "file.put", "b", "ok"));

        assertThat(keys()).containsExactly("a", "b");
    }

    private List<String> keys() throws IOException {
        return lines().stream().map(line -> line.path("key").asText()).toList();
    }

    private List<JsonNode> lines() throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (var lines = Files.lines(folder.resolve("audit.jsonl"))) {
            return lines.map(line -> {
                        try {
                            return json.readTree(line);
                        } catch (IOException e) {
                            throw new AssertionError(line, e);
                        }
                    })
                    .toList();
        }
    }
}
