package dev.stowage.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the work in the background until the process is told to end. */
@Command(
        name = "worker",
        description = {
            "Runs the work in the background, without HTTP, until it is told to end (SIGTERM, or Ctrl-C).",
            "For a service that runs with WORKER_ENABLED=false and the same settings otherwise, on the same DATA_DIR."
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
