package dev.stowage.app.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.client.DeliveryDetails;
import dev.stowage.client.ListPage;
import dev.stowage.client.StowageClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The subcommands of {@code webhooks} that are about deliveries. */
final class WebhookDeliveryCommands {

    private WebhookDeliveryCommands() {}

    static RemoteCommand list(Shell shell) {
        return new Deliveries(shell);
    }

    static RemoteCommand redeliver(Shell shell) {
        return new Redeliver(shell);
    }

    @Command(
            name = "deliveries",
            description = "Lists the deliveries of a webhook, newest first.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  stowage webhooks deliveries ID --limit 20",
                "  stowage webhooks deliveries ID --state dead --json"
            })
    private static final class Deliveries extends RemoteCommand {

        private static final String FORMAT = "%-10s  %-17s  %-9s  %8s  %-20s  %s";

        @Parameters(paramLabel = "ID", description = "The webhook, as listed by webhooks list")
        String id = "";

        @Option(
                names = "--state",
                paramLabel = "STATE",
                description = "Only deliveries in this state: pending, delivered, or dead, which were given up")
        @Nullable
        String state;

        @Option(names = "--limit", paramLabel = "N", description = "The most deliveries to list; default: all")
        long limit = Long.MAX_VALUE;

        Deliveries(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            Optional<String> cursor = Optional.empty();
            long left = limit;
            do {
                ListPage<DeliveryDetails> page = client.webhooks().deliveries(id, Optional.ofNullable(state), cursor);
                if (cursor.isEmpty()) {
                    printHead(String.format(
                            Locale.ROOT, FORMAT, "NUMBER", "TYPE", "STATE", "ATTEMPTS", "NEXT", "KEY, LATEST ATTEMPT"));
                }
                page.items().stream().limit(left).forEach(delivery -> print(json(delivery), line(delivery)));
                left -= page.items().size();
                cursor = page.next();
            } while (cursor.isPresent() && left > 0);
            return 0;
        }

        private static String line(DeliveryDetails delivery) {
            String latest = delivery.last().map(attempt -> "  " + text(attempt)).orElse("");
            return String.format(
                    Locale.ROOT,
                    FORMAT,
                    delivery.number(),
                    delivery.type(),
                    delivery.state(),
                    delivery.attempts(),
                    delivery.nextAt().map(Instant::toString).orElse("-"),
                    delivery.key().orElse("-") + latest);
        }
    }

    @Command(
            name = "redeliver",
            description =
                    "Delivers events again, at once and with new attempts, whether they were delivered or given up.",
            footerHeading = "%nExamples:%n",
            footer = {"  stowage webhooks redeliver ID 42", "  stowage webhooks redeliver ID --dead"})
    private static final class Redeliver extends RemoteCommand {

        @Parameters(index = "0", paramLabel = "ID", description = "The webhook, as listed by webhooks list")
        String id = "";

        @Parameters(
                index = "1..*",
                arity = "0..*",
                paramLabel = "NUMBER",
                description = "The numbers of the deliveries, as listed by webhooks deliveries")
        List<String> numbers = new ArrayList<>();

        @Option(names = "--dead", description = "All deliveries that were given up")
        boolean dead;

        Redeliver(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            if (dead == !numbers.isEmpty()) {
                throw CommandFailure.usage(
                        "Name the deliveries with their numbers, or all that were given up with --dead");
            }
            for (String number : numbers) {
                redeliver(client, number);
            }
            if (dead) {
                redeliverDead(client);
            }
            return 0;
        }

        /** A page is complete before its deliveries change their state; the cursor is their number, and stays valid. */
        private void redeliverDead(StowageClient client) throws InterruptedException {
            Optional<String> cursor = Optional.empty();
            do {
                ListPage<DeliveryDetails> page = client.webhooks().deliveries(id, Optional.of("dead"), cursor);
                for (DeliveryDetails delivery : page.items()) {
                    redeliver(client, delivery.number());
                }
                cursor = page.next();
            } while (cursor.isPresent());
        }

        private void redeliver(StowageClient client, String number) throws InterruptedException {
            DeliveryDetails delivery = client.webhooks().redeliver(id, number);
            print(json(delivery), "Delivering " + number + " again");
        }
    }

    static String text(DeliveryDetails.Attempt attempt) {
        String status =
                attempt.status().isPresent() ? "status " + attempt.status().getAsLong() : "no response";
        return attempt.accepted()
                ? "Accepted, " + status
                : "Not accepted, " + status
                        + attempt.error().map(error -> ": " + error).orElse("");
    }

    static ObjectNode json(DeliveryDetails.Attempt attempt) {
        ObjectNode json = RemoteCommand.object().put("accepted", attempt.accepted());
        attempt.status().ifPresent(status -> json.put("status", status));
        attempt.error().ifPresent(error -> json.put("error", error));
        return json.put("at", attempt.at().toString());
    }

    private static ObjectNode json(DeliveryDetails delivery) {
        ObjectNode json =
                RemoteCommand.object().put("number", delivery.number()).put("type", delivery.type());
        delivery.key().ifPresent(key -> json.put("key", key));
        json.put("state", delivery.state()).put("attempts", delivery.attempts());
        delivery.nextAt().ifPresent(time -> json.put("next_at", time.toString()));
        delivery.last().ifPresent(attempt -> json.set("last", json(attempt)));
        return json;
    }
}
