package dev.stowage.local.index;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class IndexScriptsTest {

    @Test
    void scripts_areAllRun_inTheOrderOfTheirNumbers() throws Exception {
        Path scripts = Path.of(
                requireNonNull(Index.class.getResource("/db/migration/local")).toURI());
        try (Stream<Path> files = Files.list(scripts)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Index.SCRIPTS);
        }
        for (int i = 0; i < Index.SCRIPTS.size(); i++) {
            assertThat(Index.SCRIPTS.get(i)).startsWith("V" + (i + 1) + "__");
        }
    }
}
