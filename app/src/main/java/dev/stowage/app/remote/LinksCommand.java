package dev.stowage.app.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.client.IssuedLink;
import dev.stowage.client.LinkDetails;
import dev.stowage.client.NewFileLink;
import dev.stowage.client.StowageClient;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Manages links: URLs of files and folders for people without credentials. */
@Command(
        name = "links",
        description =
                "Creates, lists and revokes links: URLs with which people without an API key download or send files.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stowage links create raw/demo/report.pdf --expires 7d --max-uses 10",
            "  stowage links create raw/demo/photos/ --password",
            "  stowage links create raw/demo/inbox/ --upload --max-size 100MiB",
            "  stowage links ls raw/demo/",
            "  stowage links rm ID"
        })
final class LinksCommand extends RemoteGroup {

    /** Returns the command with its subcommands. */
    static CommandLine line(Shell shell) {
        return new CommandLine(new LinksCommand())
                .addSubcommand(new Create(shell))
                .addSubcommand(new ListAll(shell))
                .addSubcommand(new Revoke(shell));
    }

    @Command(
            name = "create",
            description = "Creates a link and prints its URL, which is not shown again. Treat it as a password.")
    static final class Create extends RemoteCommand {

        @Parameters(
                paramLabel = "KEY",
                description = "The key of a file, or the prefix of a folder, which ends with a slash")
        String target = "";

        @Option(names = "--upload", description = "People send files to the link; files that exist are never replaced")
        boolean upload;

        @Option(
                names = "--expires",
                paramLabel = "TIME",
                description = "The time after which the link ends, such as 7d; default: never")
        @Nullable
        String expires;

        @Option(
                names = "--max-uses",
                paramLabel = "N",
                description = "The number of downloads or uploads after which it ends; default: any")
        @Nullable
        Long maxUses;

        @Option(
                names = "--max-size",
                paramLabel = "SIZE",
                description = "With --upload: the maximum size of each file, such as 100MiB")
        @Nullable
        String maxSize;

        @Option(
                names = "--password",
                description =
                        "Ask for a password that people need, or read it from the first line of the standard input")
        boolean guarded;

        Create(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws IOException, InterruptedException {
            IssuedLink issued = client.links().create(link());
            if (json) {
                out().println(json(issued.link()).put("url", issued.url().toString()));
            } else {
                // Also with --quiet, because it is shown only once.
                out().println(issued.url());
                if (!quiet) {
                    err().println("The URL is not shown again. The id of the link is "
                            + issued.link().id());
                }
            }
            return 0;
        }

        private NewFileLink link() throws IOException {
            boolean folder = target.isEmpty() || target.endsWith("/");
            NewFileLink link = folder ? NewFileLink.toFolder(target) : NewFileLink.toFile(target);
            if (upload) {
                link = link.forUploads();
            }
            if (expires != null) {
                link = link.expiringAfter(Amounts.duration("--expires", expires));
            }
            if (maxUses != null) {
                link = link.withMaxUses(maxUses);
            }
            if (maxSize != null) {
                link = link.withMaxSize(Amounts.size("--max-size", maxSize));
            }
            return guarded ? link.withPassword(password()) : link;
        }

        @SuppressWarnings("SystemConsoleNull")
        private String password() throws IOException {
            Console console = shell.terminal() ? System.console() : null;
            String read;
            if (console != null) {
                char[] typed = console.readPassword("Password of the link (it is not shown): ");
                read = typed == null ? null : new String(typed);
            } else {
                read = new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8)).readLine();
            }
            if (read == null || read.isEmpty()) {
                throw CommandFailure.usage("--password: no password was entered");
            }
            return read;
        }
    }

    @Command(name = "ls", description = "Lists your links, newest first, without their URLs.")
    static final class ListAll extends RemoteCommand {

        private static final String FORMAT = "%-12s  %-8s  %-8s  %-9s  %-20s  %-4s  %s";

        @Parameters(
                arity = "0..1",
                paramLabel = "PREFIX",
                description = "Only links to keys and prefixes that begin with it")
        String prefix = "";

        ListAll(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            printAll(
                    String.format(Locale.ROOT, FORMAT, "ID", "KIND", "STATE", "USES", "EXPIRES", "PASS", "FILES"),
                    cursor -> client.links().list(prefix, cursor),
                    link -> print(json(link), line(link)));
            return 0;
        }

        private static String line(LinkDetails link) {
            String uses = link.uses()
                    + (link.maxUses().isPresent() ? "/" + link.maxUses().getAsLong() : "");
            return String.format(
                    Locale.ROOT,
                    FORMAT,
                    link.id(),
                    link.kind(),
                    link.state(),
                    uses,
                    link.expiresAt().map(Instant::toString).orElse("never"),
                    link.guarded() ? "yes" : "-",
                    files(link));
        }
    }

    @Command(name = "rm", description = "Revokes links, permanently and at once.")
    static final class Revoke extends RemoteCommand {

        @Parameters(arity = "1..*", paramLabel = "ID", description = "The ids of the links, as listed by links ls")
        List<String> ids = new ArrayList<>();

        Revoke(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            for (String id : ids) {
                client.links().revoke(id);
                print(object().put("id", id).put("state", "revoked"), "Revoked " + id);
            }
            return 0;
        }
    }

    private static String files(LinkDetails link) {
        return link.key().or(link::prefix).orElse("");
    }

    private static ObjectNode json(LinkDetails link) {
        ObjectNode json = RemoteCommand.object()
                .put("id", link.id())
                .put("kind", link.kind())
                .put("state", link.state());
        link.key().ifPresent(key -> json.put("key", key));
        link.prefix().ifPresent(prefix -> json.put("prefix", prefix));
        json.put("has_password", link.guarded()).put("uses", link.uses());
        link.maxUses().ifPresent(uses -> json.put("max_uses", uses));
        link.maxSize().ifPresent(bytes -> json.put("max_size", bytes));
        json.put("created_at", link.createdAt().toString());
        link.expiresAt().ifPresent(time -> json.put("expires_at", time.toString()));
        link.usedAt().ifPresent(time -> json.put("used_at", time.toString()));
        return json;
    }
}
