package dev.stowage.app.remote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.client.IssuedKey;
import dev.stowage.client.KeyDetails;
import dev.stowage.client.NewApiKey;
import dev.stowage.client.StowageClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Manages the API keys of a service. */
@Command(
        name = "keys",
        description = "Creates, lists, revokes and rotates API keys of a service. Your own key needs the action admin.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stowage keys create --name ci --project demo --actions read,write --expires 90d",
            "  stowage keys list",
            "  stowage keys rotate ID --overlap 24h",
            "  stowage keys revoke ID"
        })
final class RemoteKeysCommand extends RemoteGroup {

    private static final String SHOWN_ONCE = "Store it safely; it is not shown again. Its id is ";

    /** Returns the command with its subcommands. */
    static CommandLine line(Shell shell) {
        return new CommandLine(new RemoteKeysCommand())
                .addSubcommand(new Create(shell))
                .addSubcommand(new ListAll(shell))
                .addSubcommand(new Revoke(shell))
                .addSubcommand(new Rotate(shell));
    }

    /** Prints a key even with {@code --quiet}, because it is shown only once. */
    private static void printKey(RemoteCommand command, IssuedKey issued) {
        if (command.json) {
            ObjectNode json = RemoteCommand.object().put("id", issued.id()).put("key", issued.key());
            issued.secretAccessKey()
                    .ifPresent(secret -> json.put("access_key_id", issued.id()).put("secret_access_key", secret));
            command.out().println(json);
            return;
        }
        command.out().println(issued.key());
        issued.secretAccessKey().ifPresent(secret -> {
            command.out().println("AWS_ACCESS_KEY_ID=" + issued.id());
            command.out().println("AWS_SECRET_ACCESS_KEY=" + secret);
        });
        if (!command.quiet) {
            command.err().println(SHOWN_ONCE + issued.id());
        }
    }

    @Command(name = "create", description = "Creates an API key and prints it. Its rights have to be part of your own.")
    static final class Create extends RemoteCommand {

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "A name for people to recognize it by")
        String name = "";

        @Option(
                names = "--project",
                paramLabel = "ID",
                description = "A project whose files the key can access; repeat it for several")
        List<String> projects = new ArrayList<>();

        @Option(
                names = "--prefix",
                paramLabel = "PREFIX",
                description = "A prefix of the files that the key can access; repeat it for several")
        List<String> prefixes = new ArrayList<>();

        @Option(names = "--all-files", description = "The key can access all files")
        boolean allFiles;

        @Option(
                names = "--actions",
                split = ",",
                paramLabel = "ACTION",
                description = "The allowed actions; by default read, write, delete and jobs")
        List<String> actions = new ArrayList<>();

        @Option(
                names = "--expires",
                paramLabel = "TIME",
                description = "The time after which the key expires, such as 90d; default: never")
        @Nullable
        String expires;

        @Option(names = "--s3", description = "The key has an S3 key pair, which is printed after it")
        boolean s3;

        Create(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            List<String> all = new ArrayList<>(prefixes);
            if (allFiles) {
                all.add("");
            }
            NewApiKey key = new NewApiKey(
                    name,
                    actions,
                    projects,
                    all,
                    Optional.ofNullable(expires).map(text -> Amounts.duration("--expires", text)),
                    s3);
            printKey(this, client.keys().create(key));
            return 0;
        }
    }

    @Command(name = "list", description = "Lists the keys whose rights are part of your own, without their secrets.")
    static final class ListAll extends RemoteCommand {

        private static final String FORMAT = "%-12s  %-20s  %-8s  %-20s  %-20s  %-3s  %-26s  %s";

        ListAll(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            printAll(
                    String.format(
                            Locale.ROOT,
                            FORMAT,
                            "ID",
                            "NAME",
                            "STATE",
                            "EXPIRES",
                            "LAST USE",
                            "S3",
                            "ACTIONS",
                            "FILES"),
                    client.keys()::list,
                    key -> print(json(key), line(key)));
            return 0;
        }

        private static String line(KeyDetails key) {
            List<String> files = new ArrayList<>();
            key.projects().forEach(project -> files.add("project:" + project));
            key.prefixes().forEach(prefix -> files.add(prefix.isEmpty() ? "all" : "prefix:" + prefix));
            return String.format(
                    Locale.ROOT,
                    FORMAT,
                    key.id(),
                    key.name(),
                    key.state(),
                    key.expiresAt().map(Instant::toString).orElse("never"),
                    key.usedAt().map(Instant::toString).orElse("-"),
                    key.s3() ? "yes" : "-",
                    String.join(",", key.actions()),
                    String.join(" ", files));
        }

        private static ObjectNode json(KeyDetails key) {
            ObjectNode json =
                    object().put("id", key.id()).put("name", key.name()).put("state", key.state());
            add(json.putArray("actions"), key.actions());
            add(json.putArray("projects"), key.projects());
            add(json.putArray("prefixes"), key.prefixes());
            json.put("created_at", key.createdAt().toString());
            key.expiresAt().ifPresent(time -> json.put("expires_at", time.toString()));
            key.usedAt().ifPresent(time -> json.put("used_at", time.toString()));
            json.put("s3", key.s3());
            return json;
        }

        private static void add(ArrayNode array, List<String> texts) {
            texts.forEach(array::add);
        }
    }

    @Command(name = "revoke", description = "Revokes a key, permanently and at once.")
    static final class Revoke extends RemoteCommand {

        @Parameters(paramLabel = "ID", description = "The key's id, as listed by keys list")
        String id = "";

        Revoke(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            client.keys().revoke(id);
            print(object().put("id", id).put("state", "revoked"), "Revoked " + id);
            return 0;
        }
    }

    @Command(
            name = "rotate",
            description = "Gives a key a new secret and prints it. The key keeps its id and its rights.")
    static final class Rotate extends RemoteCommand {

        @Parameters(paramLabel = "ID", description = "The key's id, as listed by keys list")
        String id = "";

        @Option(
                names = "--overlap",
                paramLabel = "TIME",
                defaultValue = "0s",
                description = "How long the current secret stays valid beside the new one; default: ${DEFAULT-VALUE}")
        String overlap = "0s";

        Rotate(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            printKey(this, client.keys().rotate(id, Amounts.duration("--overlap", overlap)));
            return 0;
        }
    }
}
