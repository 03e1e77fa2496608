package dev.stowage.it.service;

import dev.stowage.it.service.ServiceProcess.Ended;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** {@code stowage serve} in a process that it shares with others, on a free port. See {@link SharedJvm} for when to use it. */
public final class HostedService implements RunningService {

    /** Services look for keys that were created or revoked by others up to 50 times a second. */
    private static final Duration NOTICED = Duration.ofMillis(25);

    private final SharedJvm.Started service;

    private HostedService(SharedJvm.Started service) {
        this.service = service;
    }

    /**
     * Starts a service and waits until it is ready.
     *
     * @param folder the working directory
     * @param settings environment variables of the service, which has no others
     * @throws IllegalStateException when it ends instead; the message contains its output
     */
    public static HostedService start(Path folder, Map<String, String> settings) {
        return new HostedService(SharedJvm.get().serve(folder, settings));
    }

    /** Runs a command to its end, such as {@code keys list}, and until services have noticed what it changed. */
    public static Ended run(List<String> arguments, Path folder, Map<String, String> settings) {
        Ended ended = SharedJvm.get().run(arguments, folder, settings);
        LockSupport.parkNanos(NOTICED.toNanos());
        return ended;
    }

    @Override
    public URI address() {
        return service.address();
    }

    @Override
    public URI s3Address() {
        return ServiceProcess.s3Address(service.line());
    }

    @Override
    public void close() {
        SharedJvm.get().stop(service);
    }
}
