package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api;
import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.ServiceProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script of the documentation, killed and restarted. */
class ResumeScriptIT {

    private static final String KEY = "raw/demo/a file & more.iso";
    private static final int SIZE = 20_000_000;

    @TempDir
    Path folder;

    @Test
    void script_killedWithTheService_sendsOnlyTheMissingBytes() throws Exception {
        Path file = Files.write(folder.resolve("big file.iso"), ServiceSuite.bytes(SIZE));
        try (ServiceProcess service = ServiceProcess.start(folder, Map.of(), ServiceProcess.SHORT_LIVED)) {
            Process script = start(service, file, stoppingCurl());
            try (BufferedReader lines = script.inputReader()) {
                assertThat(lines.readLine()).isEqualTo("part 1 of 3 sent");
                service.kill();
            } finally {
                script.descendants().forEach(ProcessHandle::destroyForcibly);
                script.destroyForcibly();
            }
            assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        try (ServiceProcess service = ServiceProcess.start(folder, Map.of(), ServiceProcess.SHORT_LIVED)) {
            Process script = start(service, file);
            String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(script.exitValue()).as(output).isZero();
            assertThat(output)
                    .contains("part 1 is there")
                    .contains("part 3 of 3 sent")
                    .contains("\"size\":" + SIZE);
            assertThat(new Api(service.address())
                            .get(Paths.DOWNLOAD + Api.encode(KEY))
                            .body())
                    .isEqualTo(ServiceSuite.bytes(SIZE));
            assertThat(folder.resolve("big file.iso.upload")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {SIZE, SIZE / 3, SIZE + 10_000_000})
    void fileChangedBetweenTwoRuns_isStoredInItsNewVersion(int size) throws Exception {
        Path file = Files.write(folder.resolve("changing.iso"), ServiceSuite.bytes(SIZE));
        byte[] changed = new byte[size];
        try (ServiceProcess service = ServiceProcess.start(folder, Map.of(), ServiceProcess.SHORT_LIVED)) {
            Process script = start(service, file);
            try (BufferedReader lines = script.inputReader()) {
                assertThat(lines.readLine()).isEqualTo("part 1 of 3 sent");
            } finally {
                script.destroyForcibly();
            }
            assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
            Files.write(file, changed);

            Process again = start(service, file);
            String output = new String(again.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(again.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(again.exitValue()).as(output).isZero();
            assertThat(output).contains("part 1 of ").doesNotContain("is there");
            assertThat(new Api(service.address())
                            .get(Paths.DOWNLOAD + Api.encode(KEY))
                            .body())
                    .isEqualTo(changed);
        }
    }

    /** The folder of a {@code curl} that sends no second part, since the script might send all of them before it is killed. */
    private Path stoppingCurl() throws IOException {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Path curl = Files.writeString(programs.resolve("curl"), """
                #!/usr/bin/env bash
                [[ "$*" != *part_number=2* ]] || exec sleep 60
                PATH=${PATH#*:} exec curl "$@"
                """);
        assertThat(curl.toFile().setExecutable(true)).isTrue();
        return programs;
    }

    private static Process start(ServiceProcess service, Path file, Path... programs) throws IOException {
        Path script = Path.of("..", "docs", "resume-upload").toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        script.toString(),
                        file.toString(),
                        KEY,
                        service.address().toString())
                .redirectErrorStream(true);
        for (Path before : programs) {
            builder.environment().merge("PATH", before.toString(), (path, first) -> first + ":" + path);
        }
        return builder.start();
    }
}
