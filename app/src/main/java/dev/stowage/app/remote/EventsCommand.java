package dev.stowage.app.remote;

import dev.stowage.client.EventDetails;
import dev.stowage.client.EventListener;
import dev.stowage.client.EventListing;
import dev.stowage.client.EventSelection;
import dev.stowage.client.RemoteEvents;
import dev.stowage.client.StowageClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists or follows events. */
@Command(
        name = "events",
        description = {
            "Lists what has happened to files, uploads and jobs, oldest first, or follows it until Ctrl-C.",
            "Each line begins with the id of the event. --after with the last id continues there."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stowage events raw/demo/",
            "  stowage events --follow --types file.created,file.updated",
            "  stowage events --follow --after 42 --json"
        })
final class EventsCommand extends RemoteCommand {

    private static final int PAGE = 1000;

    @Parameters(
            arity = "0..1",
            paramLabel = "PREFIX",
            description =
                    "Only events of files whose keys begin with this; default: all, also those of jobs and uploads")
    @Nullable
    String prefix;

    @Option(
            names = "--types",
            split = ",",
            paramLabel = "TYPE",
            description = "Only events of these types, such as file.created; default: all")
    List<String> types = new ArrayList<>();

    @Option(
            names = "--after",
            paramLabel = "ID",
            description =
                    "Only events after the one with this id; now for those to come. Default: all that are kept, with --follow now")
    @Nullable
    String after;

    @Option(
            names = {"-f", "--follow"},
            description = "Wait for further events, also over restarts of the service of up to a minute")
    boolean follow;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Without --follow: the most events to list; default: all")
    long limit = Long.MAX_VALUE;

    EventsCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(StowageClient client) throws InterruptedException {
        EventSelection filter = EventSelection.ALL.ofTypes(types);
        if (prefix != null) {
            filter = filter.below(prefix);
        }
        if (!follow) {
            list(client, filter);
            return 0;
        }
        String begin = Optional.ofNullable(after).orElse(RemoteEvents.NOW);
        // What can't be reached at all is told soon.
        EventListing first = client.events().list(filter, begin, 1);
        service()
                .client(LONG_TIMEOUT)
                .events()
                .follow(filter, begin.equals(RemoteEvents.NOW) ? first.next() : begin, listener());
        return 0;
    }

    private void list(StowageClient client, EventSelection filter) throws InterruptedException {
        String position = Optional.ofNullable(after).orElse(RemoteEvents.BEGINNING);
        long left = limit;
        boolean more = true;
        while (more && left > 0) {
            EventListing page = client.events().list(filter, position, (int) Math.min(left, PAGE));
            // Before the oldest event, nothing is missed by someone who asks for all that are kept.
            if (page.missed() && after != null) {
                warnAboutPrunedEvents();
            }
            page.events().forEach(this::show);
            left -= page.events().size();
            position = page.next();
            more = page.more();
        }
        out().flush();
    }

    private EventListener listener() {
        return new EventListener() {
            @Override
            public void event(EventDetails event) {
                show(event);
                out().flush();
            }

            @Override
            public void missed() {
                warnAboutPrunedEvents();
            }
        };
    }

    private void warnAboutPrunedEvents() {
        err().println("stowage: Events are missing here, because the service has deleted them after EVENT_RETENTION");
    }

    private void show(EventDetails event) {
        if (quiet) {
            return;
        }
        out().println(json ? event.json() : line(event));
    }

    private static String line(EventDetails event) {
        return String.format(
                Locale.ROOT,
                "%-10s  %-24s  %-17s  %s",
                event.id(),
                event.timestamp(),
                event.type(),
                event.key().orElseGet(() -> other(event)));
    }

    /** What an event without a file is about. */
    private static String other(EventDetails event) {
        return List.of("operation", "job_id", "upload_id", "webhook_id", "state").stream()
                .map(name -> event.data().getOrDefault(name, ""))
                .filter(text -> !text.isEmpty())
                .reduce((one, next) -> one + " " + next)
                .orElse("-");
    }
}
