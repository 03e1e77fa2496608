package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.app.config.InvalidConfiguration;
import dev.stowage.app.doctor.Finding;
import dev.stowage.app.doctor.MachineChecks;
import dev.stowage.app.doctor.StoreTrials;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener.Environment;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks whether the service can work here. */
@Command(
        name = "doctor",
        description = {
            "Checks the settings, the adapters, the folders, the disk, the database, the clock and the store, and says what to do about each"
                    + " problem. Run it with the settings and as the user of the service, which may run meanwhile.",
            "Exits with 0 when the service can work, also if there are warnings, and with 1 otherwise."
        },
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class,
        footer = {
            "",
            "Examples:",
            "  stowage doctor           checks everything, and changes nothing",
            "  stowage doctor --store   also writes, reads, lists, copies and deletes in the store"
        })
final class DoctorCommand implements Callable<Integer> {

    private static final String FORMAT = "%-22s %-5s %s";

    private final CliEnvironment environment;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--store",
            description =
                    "Also try what the store can do: put, read, list, copy, move, delete, conditional writes, multipart and"
                            + " presigned uploads, and 64 uploads at once. Opens the store as the service does, writes about 80 MB"
                            + " under the prefix .stowage/doctor/, and deletes it again")
    private boolean store;

    private boolean failed;

    DoctorCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try {
            Configuration configuration = environment.configuration();
            new MachineChecks(configuration, environment.folder(), InstantSource.system()).run(this::report);
            if (store && !failed) {
                tryStore(configuration);
            }
        } catch (InvalidConfiguration e) {
            report(new Finding("settings", Finding.Verdict.FAILED, String.valueOf(e.getMessage()), ""));
        }
        return failed ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private void tryStore(Configuration configuration) {
        DataDirectory.prepare(configuration.dataDirectory());
        InstantSource clock = InstantSource.system();
        try (Storage storage = configuration.store().open(new Environment(configuration.dataDirectory(), clock))) {
            out().println();
            out().println("What " + storage.description() + " can do:");
            new StoreTrials(storage, clock).run(this::report);
        } catch (StorageException e) {
            report(new Finding("store", Finding.Verdict.FAILED, String.valueOf(e.getMessage()), ""));
        }
    }

    private void report(Finding finding) {
        failed |= finding.verdict() == Finding.Verdict.FAILED;
        out().println(String.format(
                Locale.ROOT, FORMAT, finding.subject(), finding.verdict().label(), finding.text()));
        if (!finding.advice().isEmpty()) {
            out().println(String.format(Locale.ROOT, FORMAT, "", "", "-> " + finding.advice()));
        }
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
