package dev.stowage.app.remote;

import dev.stowage.client.StowageClient;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Tells whether a service is ready. */
@Command(
        name = "ping",
        description = "Tells whether the service, its store and its database answer, and how fast.",
        footerHeading = "%nExamples:%n",
        footer = {"  stowage ping", "  until stowage ping -q; do sleep 1; done"})
final class PingCommand extends RemoteCommand {

    PingCommand(Shell shell) {
        super(shell);
    }

    @Override
    Duration retryTimeout() {
        return Duration.ZERO;
    }

    @Override
    int run(StowageClient client) throws InterruptedException {
        long began = System.nanoTime();
        client.ping();
        double milliseconds = (System.nanoTime() - began) / 1e6;
        String url = service().url().toString();
        print(
                object().put("url", url).put("milliseconds", Math.round(milliseconds)),
                String.format(Locale.ROOT, "%s is ready (%.0f ms)", url, milliseconds));
        return 0;
    }
}
