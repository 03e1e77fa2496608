package dev.stowage.s3;

import dev.stowage.core.config.Settings;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.UploadJournal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Opens stores for tests, with short time-outs and small limits. */
final class Stores {

    /** Short enough for tests, and long enough for a busy machine. */
    static final Timeouts SHORT_TIMEOUTS = new Timeouts(
            Duration.ofSeconds(2),
            Duration.ofMillis(1500),
            Duration.ofMillis(1500),
            Duration.ofMillis(3000),
            Duration.ofMillis(300));

    private static final long MIB = 1L << 20;

    /** Room for four parts; copies in parts from 6 MiB on. */
    static final S3Wiring.Limits SMALL = new S3Wiring.Limits(20 * MIB, 6 * MIB, 5 * MIB);

    /** Room for one part. */
    static final S3Wiring.Limits TIGHT = new S3Wiring.Limits(5 * MIB, 6 * MIB, 5 * MIB);

    private Stores() {}

    static Storage open(URI endpoint, Path directory) {
        return open(S3Server.settings(endpoint), SMALL, directory);
    }

    static Storage open(Map<String, String> settings, S3Wiring.Limits limits, Path directory) {
        return open(settings, limits, directory, UploadJournal.NONE);
    }

    static Storage open(Map<String, String> settings, S3Wiring.Limits limits, Path directory, UploadJournal journal) {
        return open(settings, SHORT_TIMEOUTS, limits, directory, journal);
    }

    /** For responses that may take as long as other work on a busy machine does. */
    static Storage openWithDefaultTimeouts(URI endpoint, Path directory) {
        return open(S3Server.settings(endpoint), Timeouts.DEFAULT, SMALL, directory, UploadJournal.NONE);
    }

    private static Storage open(
            Map<String, String> settings,
            Timeouts timeouts,
            S3Wiring.Limits limits,
            Path directory,
            UploadJournal journal) {
        return S3Storage.open(
                config(settings),
                timeouts,
                limits,
                new StorageOpener.Environment(directory, Clock.systemUTC(), journal));
    }

    static S3Config config(Map<String, String> settings) {
        return S3Config.read(new Settings(settings));
    }

    static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.put(name, value);
        return changed;
    }
}
