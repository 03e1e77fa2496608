package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.PageLimit;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener.Environment;
import dev.stowage.core.port.records.Leases;
import dev.stowage.core.port.records.ProjectUsage;
import dev.stowage.core.quota.QuotaStorage;
import dev.stowage.core.quota.UsageReport;
import dev.stowage.worker.Heartbeat;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows how much each project stores, after a recount if requested. */
@Command(
        name = "usage",
        description = {
            "Shows how many bytes and files each project stores, and its quota.",
            "Reads the database of the service, so run it with the same settings and, without DATABASE_URL, on the same machine."
        },
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class)
final class UsageCommand implements Callable<Integer> {

    private static final String FORMAT = "%-32s  %16s  %12s  %16s";

    private final CliEnvironment environment;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--recount",
            description = "Count all files first, for changes that bypassed the service. The service may run meanwhile")
    private boolean recount;

    UsageCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Configuration configuration = environment.configuration();
        if (!configuration.quotas().enabled()) {
            throw new ParameterException(
                    spec.commandLine(), "Usage is only counted with quotas; set PROJECT_QUOTA or PROJECT_QUOTAS");
        }
        try (ServiceDatabase database = ServiceDatabase.openExisting(configuration)) {
            if (recount) {
                spec.commandLine()
                        .getErr()
                        .println("Recounted: corrected " + recount(configuration, database) + " files");
            }
            show(configuration, database.repositories().usage());
        }
        return ExitCode.OK;
    }

    private static long recount(Configuration configuration, ServiceDatabase database) {
        InstantSource clock = database.clock();
        Leases leases = database.repositories().leases();
        Heartbeat heartbeat = Heartbeat.start(leases, clock, InstantSource.system(), database::refresh);
        try (Storage storage = configuration.store().open(new Environment(configuration.dataDirectory(), clock))) {
            return new QuotaStorage(
                            storage,
                            database.repositories().usage(),
                            database.repositories().sessions(),
                            configuration.quotas(),
                            clock)
                    .recount();
        } finally {
            heartbeat.close();
        }
    }

    private void show(Configuration configuration, ProjectUsage usage) {
        UsageReport report =
                new UsageReport(usage, configuration.quotas(), new AccessPolicy(configuration.layout(), AuditLog.NONE));
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, FORMAT, "PROJECT", "BYTES", "FILES", "QUOTA"));
        Page.all((Optional<String> cursor) -> report.list(Principal.ANYONE, PageLimit.MAX, cursor))
                .forEach(entry -> out.println(line(entry)));
        if (!report.isComplete()) {
            out.println("Files that existed before the quotas are not counted yet.");
        }
        out.flush();
    }

    private static String line(UsageReport.Entry entry) {
        ProjectUsage.Totals totals = entry.totals();
        String quota = entry.limit().isPresent() ? String.valueOf(entry.limit().getAsLong()) : "none";
        return String.format(Locale.ROOT, FORMAT, totals.project(), totals.bytes(), totals.files(), quota);
    }
}
