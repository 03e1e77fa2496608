package dev.stowage.app.doctor;

import dev.stowage.app.config.Configuration;
import dev.stowage.app.config.ImportConfig;
import dev.stowage.core.disk.PrivateFiles;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener.Environment;
import dev.stowage.postgres.DatabaseState;
import dev.stowage.postgres.PostgresConfig;
import dev.stowage.postgres.PostgresDatabase;
import dev.stowage.worker.sqlite.WorkerDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** The checks of everything but the store's features. They change nothing: neither the database nor the store is created or migrated. */
public final class MachineChecks {

    private static final String CLOCK = "clock";
    private static final String DATABASE = "database";
    private static final String STORE = "store";
    private static final long MIB = 1L << 20;

    /** Twice the free space below which the service refuses uploads. */
    private static final long DATA_MINIMUM = 128 * MIB;

    private static final long SPOOL_MINIMUM = 256 * MIB;

    private static final Duration SMALL_SKEW = Duration.ofSeconds(5);

    private final Configuration configuration;
    private final Path envFile;
    private final InstantSource clock;

    /**
     * @param folder the working directory, where {@code .env} is
     * @param clock the clock of this machine
     */
    public MachineChecks(Configuration configuration, Path folder, InstantSource clock) {
        this.configuration = configuration;
        this.envFile = folder.resolve(".env");
        this.clock = clock;
    }

    /** Runs all checks. */
    public void run(Consumer<Finding> report) {
        report.accept(settings());
        for (String adapter : configuration.unusableAdapters()) {
            report.accept(Finding.warning("adapters", adapter, "correct it, or remove it from ADAPTER_PATH"));
        }
        report.accept(new FolderCheck("DATA_DIR", configuration.dataDirectory(), DATA_MINIMUM).check(true));
        report.accept(new FolderCheck("SPOOL_DIR", configuration.spool().directory(), SPOOL_MINIMUM).check(false));
        configuration.audit().file().ifPresent(file -> report.accept(auditLog(file)));
        configuration.database().ifPresentOrElse(postgres -> checkPostgres(postgres, report), () -> {
            report.accept(sqlite());
            report.accept(fileClock());
        });
        report.accept(store());
        configuration.imports().sources().forEach(source -> report.accept(importSource(source)));
    }

    private Finding settings() {
        if (!Files.exists(envFile)) {
            return Finding.ok("settings", "valid; from the environment");
        }
        return PrivateFiles.isShared(envFile)
                ? Finding.warning(
                        "settings", "valid; .env is open to other users", "run: chmod 600 .env, as it may hold secrets")
                : Finding.ok("settings", "valid; from the environment and .env");
    }

    private static Finding auditLog(Path file) {
        String setting = "AUDIT_LOG_FILE";
        if (Files.exists(file)) {
            return Files.isRegularFile(file) && !Files.isWritable(file)
                    ? Finding.failed(setting, file + " is not writable", "change its owner, or set " + setting)
                    : Finding.ok(setting, file.toString());
        }
        Path parent = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
        Finding folder = new FolderCheck(setting, parent, 1).check(false);
        return folder.verdict() == Finding.Verdict.OK
                ? Finding.ok(setting, file + " (created at the first start)")
                : folder;
    }

    private Finding sqlite() {
        Path file = configuration.dataDirectory().resolve("worker.db");
        if (!Files.exists(file)) {
            return Finding.ok(DATABASE, file + " is created at the first start");
        }
        if (!Files.isReadable(file) || !Files.isWritable(file)) {
            return Finding.failed(
                    DATABASE,
                    file + " is not readable and writable for the user " + System.getProperty("user.name"),
                    "run this command as the user of the service, or change the file's owner");
        }
        return WorkerDatabase.damage(file)
                .map(damage -> Finding.failed(
                        DATABASE, file + " is damaged: " + damage, "stop the service and restore a backup"))
                .orElseGet(() -> Finding.ok(DATABASE, file + ", intact"));
    }

    private void checkPostgres(PostgresConfig config, Consumer<Finding> report) {
        try {
            DatabaseState state = PostgresDatabase.examine(config, clock);
            report.accept(Finding.ok(DATABASE, state.toString()));
            report.accept(clock("the database's", state.ahead()));
        } catch (StorageException e) {
            report.accept(Finding.failed(
                    DATABASE, String.valueOf(e.getMessage()), "see docs/scaling.md; check DATABASE_URL and its user"));
        }
    }

    /** The times of new files come from the clock of the file system, which may be on another machine. */
    private Finding fileClock() {
        try {
            Path file = Files.createTempFile(existingFolder(), "stowage-doctor", ".tmp");
            try {
                Instant written = Files.getLastModifiedTime(file).toInstant();
                return clock("that of DATA_DIR's disk", Duration.between(written, clock.instant()));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            return Finding.warning(
                    CLOCK, "not compared: no file could be created", "check the permissions of DATA_DIR");
        }
    }

    private Path existingFolder() {
        Path folder = configuration.dataDirectory();
        return Files.isDirectory(folder) ? folder : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** @param ahead how far this machine's clock is ahead of the other */
    static Finding clock(String other, Duration ahead) {
        String text = "this machine's clock and " + other + " differ by "
                + ahead.abs().toMillis() + " ms";
        return ahead.abs().compareTo(SMALL_SKEW) > 0
                ? Finding.warning(CLOCK, text, "set both by NTP; from 15 minutes on, S3 stores refuse requests")
                : Finding.ok(CLOCK, text);
    }

    /**
     * Opens the store with an empty folder, because opening the embedded store would create its files, or migrate those of a service of an
     * earlier version that may be running.
     */
    private Finding store() {
        try {
            Path folder = Files.createTempDirectory("stowage-doctor");
            try {
                return opened(folder);
            } finally {
                TemporaryFolder.delete(folder);
            }
        } catch (StorageException e) {
            return Finding.failed(STORE, String.valueOf(e.getMessage()), "correct the settings of the store");
        } catch (IOException e) {
            return Finding.failed(STORE, "no temporary folder: " + e, "check the permissions of the temporary folder");
        }
    }

    /** An embedded store is not opened, because that would migrate it. */
    private Finding importSource(ImportConfig.Source source) {
        String subject = "import source " + source.name();
        if (source.embedded()) {
            return Files.isWritable(source.folder().resolve("index.db"))
                    ? Finding.ok(subject, "embedded store in " + source.folder())
                    : Finding.warning(
                            subject,
                            source.folder() + " has no embedded store that this user may write to",
                            "name the DATA_DIR of another service, and run this service as the owner of its files");
        }
        try {
            Path folder = Files.createTempDirectory("stowage-doctor");
            try (Storage storage = source.opener().open(new Environment(folder, clock))) {
                storage.check();
                return Finding.ok(subject, storage.description() + ", opens and responds");
            } finally {
                TemporaryFolder.delete(folder);
            }
        } catch (StorageException e) {
            return Finding.warning(
                    subject,
                    String.valueOf(e.getMessage()),
                    "correct its settings, which begin with " + source.prefix());
        } catch (IOException e) {
            return Finding.warning(
                    subject, "no temporary folder: " + e, "check the permissions of the temporary folder");
        }
    }

    private Finding opened(Path folder) {
        String description;
        long began = System.nanoTime();
        try (Storage storage = configuration.store().open(new Environment(folder, clock))) {
            storage.check();
            description = storage.description()
                    .replace(folder.toString(), configuration.dataDirectory().toString());
        }
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        return Files.isDirectory(configuration.dataDirectory())
                ? intact(description + ", opens and responds in " + millis + " ms")
                : Finding.ok(STORE, description + ", opens and responds in " + millis + " ms");
    }

    private Finding intact(String text) {
        return configuration
                .store()
                .damage(configuration.dataDirectory())
                .map(damage -> Finding.failed(
                        STORE, text + "; its index is damaged: " + damage, "stop the service and restore a backup"))
                .orElseGet(() -> Finding.ok(STORE, text));
    }
}
