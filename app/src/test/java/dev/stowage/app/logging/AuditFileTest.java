package dev.stowage.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.core.access.AuditEvent;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

final class AuditFileTest {

    private static final Principal CI = Principal.of("key:1", "ci", Rights.NONE);

    @TempDir
    Path folder;

    @Test
    void aLine_saysWhoDidWhatToWhichKey_withWhichResult() throws IOException {
        AuditFile audit = AuditFile.open(folder.resolve("audit.jsonl"));
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
    void valuesFromClients_canNotForgeALineOrAField() throws IOException {
        AuditFile audit = AuditFile.open(folder.resolve("audit.jsonl"));
        String forged = "a\"}\n{\"principal\":\"operator\",\"result\":\"ok\u2028\r";

        audit.add(AuditEvent.of(Principal.of(forged, forged, Rights.NONE), "file.put", forged, "AccessDenied"));

        assertThat(lines()).hasSize(1);
        JsonNode line = lines().get(0);
        assertThat(line.path("principal").asText()).isEqualTo(forged);
        assertThat(line.path("key").asText()).isEqualTo(forged);
        assertThat(line.path("result").asText()).isEqualTo("AccessDenied");
    }

    @Test
    void open_addsToWhatIsThere() throws IOException {
        AuditFile.open(folder.resolve("audit.jsonl")).add(AuditEvent.of(CI, "file.put", "a", "ok"));
        AuditFile.open(folder.resolve("audit.jsonl")).add(AuditEvent.of(CI, "file.put", "b", "ok"));

        assertThat(lines()).extracting(line -> line.path("key").asText()).containsExactly("a", "b");
    }

    @Test
    void aFileThatCannotBeWritten_isToldAtOnce() throws IOException {
        Path folderInItsPlace = Files.createDirectory(folder.resolve("audit.jsonl"));

        assertThatThrownBy(() -> AuditFile.open(folderInItsPlace)).isInstanceOf(IllegalStateException.class);
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
