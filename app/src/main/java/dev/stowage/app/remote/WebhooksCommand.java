package dev.stowage.app.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.client.DeliveryDetails;
import dev.stowage.client.IssuedWebhook;
import dev.stowage.client.NewWebhook;
import dev.stowage.client.StowageClient;
import dev.stowage.client.WebhookChange;
import dev.stowage.client.WebhookDetails;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Manages webhooks, which send events to URLs. */
@Command(
        name = "webhooks",
        description = {
            "Creates, lists and tests webhooks, which send events to URLs, and shows and repeats their deliveries.",
            "Your API key needs the action webhooks."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stowage webhooks create https://example.com/stowage --events file.created,file.deleted --prefix raw/demo/",
            "  stowage webhooks test ID",
            "  stowage webhooks deliveries ID --state dead",
            "  stowage webhooks redeliver ID NUMBER",
            "  stowage webhooks disable ID"
        })
final class WebhooksCommand extends RemoteGroup {

    /** Returns the command with its subcommands. */
    static CommandLine line(Shell shell) {
        return new CommandLine(new WebhooksCommand())
                .addSubcommand(new Create(shell))
                .addSubcommand(new ListAll(shell))
                .addSubcommand(new Show(shell))
                .addSubcommand(new Change(shell))
                .addSubcommand(
                        "enable",
                        described(
                                new Switch(shell, true),
                                "Delivers events again, from now on, and those that were pending."))
                .addSubcommand(
                        "disable",
                        described(
                                new Switch(shell, false),
                                "Delivers no events until the webhook is enabled; those in between are not delivered later."))
                .addSubcommand(new Rotate(shell))
                .addSubcommand(new Try(shell))
                .addSubcommand(WebhookDeliveryCommands.list(shell))
                .addSubcommand(WebhookDeliveryCommands.redeliver(shell))
                .addSubcommand(new Delete(shell));
    }

    @Command(
            name = "create",
            description =
                    "Creates a webhook and prints its secret, with which the receiver verifies signatures. The secret is not shown again.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  stowage webhooks create https://example.com/stowage --events file.created,file.deleted --prefix raw/demo/",
                "  stowage webhooks create https://example.com/jobs --events job.finished --json"
            })
    static final class Create extends RemoteCommand {

        @Parameters(paramLabel = "URL", description = "Where events are sent, by https or http")
        String url = "";

        @Option(
                names = "--events",
                required = true,
                split = ",",
                paramLabel = "TYPE",
                description =
                        "The types of events: file.created, file.updated, file.deleted, upload.completed, upload.expired,"
                                + " job.finished, webhook.disabled")
        List<String> events = new ArrayList<>();

        @Option(
                names = "--prefix",
                paramLabel = "PREFIX",
                description =
                        "Only events of files whose keys begin with this; default: all, also those of jobs and uploads")
        @Nullable
        String prefix;

        Create(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            IssuedWebhook issued =
                    client.webhooks().create(new NewWebhook(address(url), events, Optional.ofNullable(prefix)));
            printSecret(this, issued);
            return 0;
        }
    }

    private static void printSecret(RemoteCommand command, IssuedWebhook issued) {
        if (command.json) {
            command.out().println(json(issued.webhook()).put("secret", issued.signingKey()));
            return;
        }
        // Also with --quiet, because it is shown only once.
        command.out().println(issued.signingKey());
        if (!command.quiet) {
            command.err()
                    .println("Store the secret safely; it is not shown again. The id of the webhook is "
                            + issued.webhook().id());
        }
    }

    @Command(
            name = "rotate",
            description = {
                "Gives a webhook a new secret and prints it.",
                "During the overlap, deliveries are signed with both secrets, so that the receiver can change over at any time."
            },
            footerHeading = "%nExamples:%n",
            footer = "  stowage webhooks rotate ID --overlap 24h")
    static final class Rotate extends RemoteCommand {

        @Parameters(paramLabel = "ID", description = "The webhook, as listed by webhooks list")
        String id = "";

        @Option(
                names = "--overlap",
                paramLabel = "TIME",
                defaultValue = "0s",
                description = "How long deliveries are signed with the current secret, too; default: ${DEFAULT-VALUE}")
        String overlap = "0s";

        Rotate(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            printSecret(this, client.webhooks().rotate(id, Amounts.duration("--overlap", overlap)));
            return 0;
        }
    }

    @Command(name = "list", aliases = "ls", description = "Lists your webhooks, oldest first, without their secrets.")
    static final class ListAll extends RemoteCommand {

        private static final String FORMAT = "%-36s  %-18s  %-24s  %s";

        ListAll(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            printAll(
                    String.format(Locale.ROOT, FORMAT, "ID", "STATE", "PREFIX", "URL"),
                    client.webhooks()::list,
                    webhook -> print(json(webhook), line(webhook)));
            return 0;
        }

        private static String line(WebhookDetails webhook) {
            return String.format(
                    Locale.ROOT,
                    FORMAT,
                    webhook.id(),
                    state(webhook),
                    webhook.prefix().orElse("-"),
                    webhook.url());
        }
    }

    @Command(name = "show", description = "Shows a webhook.")
    static final class Show extends RemoteCommand {

        @Parameters(paramLabel = "ID", description = "The webhook, as listed by webhooks list")
        String id = "";

        Show(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            WebhookDetails webhook = client.webhooks().get(id);
            FieldLines lines = new FieldLines(webhook.id())
                    .add("url", webhook.url().toString())
                    .add("events", String.join(", ", webhook.events()))
                    .add("prefix", webhook.prefix().orElse("-"))
                    .add("state", state(webhook))
                    .add("created", webhook.createdAt().toString());
            webhook.failingSince().ifPresent(time -> lines.add("failing since", time.toString()));
            print(json(webhook), lines.text());
            return 0;
        }
    }

    @Command(
            name = "change",
            description = "Changes the URL, the events or the prefix of a webhook. Its secret stays.",
            footerHeading = "%nExamples:%n",
            footer = "  stowage webhooks change ID --events file.created --prefix ''")
    static final class Change extends RemoteCommand {

        @Parameters(paramLabel = "ID", description = "The webhook, as listed by webhooks list")
        String id = "";

        @Option(names = "--url", paramLabel = "URL", description = "Where events are sent from now on")
        @Nullable
        String url;

        @Option(
                names = "--events",
                split = ",",
                paramLabel = "TYPE",
                description = "The types of events from now on, as for create")
        List<String> events = new ArrayList<>();

        @Option(
                names = "--prefix",
                paramLabel = "PREFIX",
                description = "Only events of files whose keys begin with this; empty for all files")
        @Nullable
        String prefix;

        Change(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            WebhookChange change = WebhookChange.NONE;
            if (url != null) {
                change = change.to(address(url));
            }
            if (!events.isEmpty()) {
                change = change.withEvents(events);
            }
            if (prefix != null) {
                change = change.below(prefix);
            }
            if (change.equals(WebhookChange.NONE)) {
                throw CommandFailure.usage("Name what to change with --url, --events or --prefix");
            }
            print(json(client.webhooks().change(id, change)), "Changed " + id);
            return 0;
        }
    }

    /** Enables or disables a webhook. */
    @Command
    static final class Switch extends RemoteCommand {

        private final boolean on;

        @Parameters(paramLabel = "ID", description = "The webhook, as listed by webhooks list")
        String id = "";

        Switch(Shell shell, boolean on) {
            super(shell);
            this.on = on;
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            WebhookDetails webhook =
                    on ? client.webhooks().enable(id) : client.webhooks().disable(id);
            print(json(webhook), id + " is " + state(webhook));
            return 0;
        }
    }

    @Command(
            name = "test",
            description =
                    "Sends an event of the type webhook.test once and shows the response. Exits with 1 when the receiver does not accept it.")
    static final class Try extends RemoteCommand {

        @Parameters(paramLabel = "ID", description = "The webhook, as listed by webhooks list")
        String id = "";

        Try(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            DeliveryDetails.Attempt attempt = client.webhooks().test(id);
            print(WebhookDeliveryCommands.json(attempt), WebhookDeliveryCommands.text(attempt));
            return attempt.accepted() ? 0 : CommandFailure.SOME_FAILED;
        }
    }

    @Command(name = "delete", aliases = "rm", description = "Deletes webhooks, with their pending deliveries.")
    static final class Delete extends RemoteCommand {

        @Parameters(arity = "1..*", paramLabel = "ID", description = "The webhooks, as listed by webhooks list")
        List<String> ids = new ArrayList<>();

        Delete(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            for (String id : ids) {
                client.webhooks().delete(id);
                print(object().put("id", id).put("state", "deleted"), "Deleted " + id);
            }
            return 0;
        }
    }

    private static URI address(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw CommandFailure.usage("The text is not a URL such as https://example.com/stowage");
        }
    }

    private static String state(WebhookDetails webhook) {
        if (webhook.enabled()) {
            return webhook.failingSince().isPresent() ? "failing" : "enabled";
        }
        return webhook.disabledReason()
                .map(reason -> "disabled (" + reason + ")")
                .orElse("disabled");
    }

    private static ObjectNode json(WebhookDetails webhook) {
        ObjectNode json = RemoteCommand.object()
                .put("id", webhook.id())
                .put("url", webhook.url().toString());
        webhook.events().forEach(json.putArray("events")::add);
        webhook.prefix().ifPresent(prefix -> json.put("prefix", prefix));
        json.put("enabled", webhook.enabled());
        webhook.disabledReason().ifPresent(reason -> json.put("disabled_reason", reason));
        webhook.failingSince().ifPresent(time -> json.put("failing_since", time.toString()));
        return json.put("created_at", webhook.createdAt().toString());
    }
}
