package dev.stowage.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the background worker until the process is terminated. */
@Command(
        name = "worker",
        description = {
            "Runs background work only, without HTTP, until it is terminated (SIGTERM, or Ctrl-C).",
            "For use with a service that has WORKER_ENABLED=false and otherwise the same settings, on the same DATA_DIR."
        },
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class)
final class WorkerCommand implements Callable<Integer> {

    private final CliEnvironment environment;

    WorkerCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        return ServiceRun.run(environment, Service::work);
    }
}
