package dev.stowage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.Storage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** After a process is killed, everything acknowledged is stored completely, and nothing else is left. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class CrashTest {

    private static final int ROUNDS = 4;

    @TempDir
    private Path path;

    /** The allowed versions of each key: the last acknowledged one, and the one that was being written. */
    private final Map<String, Set<Integer>> possible = new HashMap<>();

    @Test
    void kill_atAnyMoment_losesNothingAcknowledged_andLeavesNothing() throws Exception {
        DataFolder folder = new DataFolder(path);
        Random random = new Random();
        for (int round = 0; round < ROUNDS; round++) {
            runAndKill(1 + round * 1_000_000, 50 + random.nextInt(300), () -> {});
            try (Storage storage = folder.open()) {
                check(storage);
                abortUploads(storage);
                assertThat(folder.strays()).isZero();
            }
        }
    }

    @Test
    void sweep_whileAnotherProcessWrites_keepsItsBlobs() throws Exception {
        DataFolder folder = new DataFolder(path);
        try (Storage storage = folder.open()) {
            runAndKill(1, 400, () -> storage.maintenance().orElseThrow().sweep());
            check(storage);
            abortUploads(storage);
            storage.maintenance().orElseThrow().sweep();
            assertThat(folder.strays()).isZero();
        }
    }

    /** Runs a victim until it has written some lines, with an action at each, and kills it. */
    private void runAndKill(int firstVersion, int lines, Runnable meanwhile) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process victim = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashVictim.class.getName(),
                        path.toString(),
                        Integer.toString(firstVersion))
                .redirectError(new File("/dev/null"))
                .start();
        try (BufferedReader output = victim.inputReader()) {
            int seen = 0;
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                note(line);
                meanwhile.run();
                if (++seen == lines) {
                    // Through its handle, which keeps the pipe open: earlier output is still to be read.
                    victim.toHandle().destroyForcibly();
                }
            }
            assertThat(seen).as("lines of the victim").isGreaterThanOrEqualTo(lines);
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    private void note(String line) {
        String[] words = line.split(" ", -1);
        if (words.length < 3) {
            return;
        }
        Set<Integer> versions = possible.computeIfAbsent(words[1], key -> new HashSet<>(Set.of(0)));
        if (words[0].equals("done")) {
            versions.clear();
        }
        versions.add(Integer.parseInt(words[2]));
    }

    private void check(Storage storage) throws IOException {
        for (Map.Entry<String, Set<Integer>> entry : possible.entrySet()) {
            ObjectKey key = new ObjectKey(entry.getKey());
            Optional<ObjectInfo> info = storage.objects().stat(key);
            int version = 0;
            if (info.isPresent()) {
                byte[] bytes = storage.objects().read(key, ReadOptions.ALL, (i, span, body) -> body.readAllBytes());
                version = entry.getValue().stream()
                        .filter(number -> number > 0 && new VersionedBody(key.value(), number).matches(bytes))
                        .findFirst()
                        .orElse(-1);
            }
            assertThat(entry.getValue()).as("version of %s", key).contains(version);
            // From now on, it must stay that version.
            entry.setValue(new HashSet<>(Set.of(version)));
        }
    }

    private static void abortUploads(Storage storage) {
        List<UploadInfo> open = new ArrayList<>(storage.uploads()
                .listUploads(KeyPrefix.ALL, 1000, Optional.empty())
                .items());
        open.forEach(upload -> storage.uploads().abort(upload.key(), upload.id()));
    }
}
