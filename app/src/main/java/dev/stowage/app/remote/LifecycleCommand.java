package dev.stowage.app.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.client.ExpiringFiles;
import dev.stowage.client.ExpiryRule;
import dev.stowage.client.ExpiryRules;
import dev.stowage.client.FileFilter;
import dev.stowage.client.StowageClient;
import dev.stowage.core.config.Units;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Manages the rules by which files expire. */
@Command(
        name = "lifecycle",
        description =
                "Shows, sets and tries out the rules by which files expire, which means that the service deletes them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stowage lifecycle add exports raw/demo/exports/ --after 30d --dry-run",
            "  stowage lifecycle add exports raw/demo/exports/ --after 30d",
            "  stowage lifecycle list",
            "  stowage lifecycle preview",
            "  stowage lifecycle remove exports"
        })
final class LifecycleCommand extends RemoteGroup {

    /** Returns the command with its subcommands. */
    static CommandLine line(Shell shell) {
        return new CommandLine(new LifecycleCommand())
                .addSubcommand(new ListAll(shell))
                .addSubcommand(new Add(shell))
                .addSubcommand(new Remove(shell))
                .addSubcommand(new SetAll(shell))
                .addSubcommand(new Preview(shell));
    }

    @Command(
            name = "list",
            aliases = "ls",
            description = "Lists the rules for prefixes under which you may delete every file.")
    static final class ListAll extends RemoteCommand {

        private static final String FORMAT = "%-20s  %-10s  %-30s  %s";

        ListAll(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            List<ExpiryRule> rules = client.lifecycle().rules().list();
            printHead(String.format(Locale.ROOT, FORMAT, "ID", "AFTER", "PREFIX", "FILTER"));
            rules.forEach(rule -> print(
                    json(rule),
                    String.format(
                            Locale.ROOT,
                            FORMAT,
                            rule.id(),
                            Units.show(rule.expireAfter()),
                            files(rule),
                            rule.filter().map(LifecycleCommand::text).orElse("-"))));
            return 0;
        }
    }

    @Command(
            name = "add",
            description = {
                "Adds a rule, or replaces the one with this id and prefix. The other rules stay.",
                "Files that are there already are deleted by it, too; --dry-run shows which."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  stowage lifecycle add exports raw/demo/exports/ --after 30d --dry-run",
                "  stowage lifecycle add scratch raw/demo/ --after 24h --match '*.tmp'"
            })
    static final class Add extends RemoteCommand {

        @Parameters(
                index = "0",
                paramLabel = "ID",
                description = "Names the rule among those of its prefix: letters, digits, '.', '_' and '-'")
        String id = "";

        @Parameters(
                index = "1",
                paramLabel = "PREFIX",
                description = "The files whose keys begin with this; '' for all files")
        String prefix = "";

        @Option(
                names = "--after",
                required = true,
                paramLabel = "TIME",
                description = "How long after its last modification a file is deleted, such as 24h or 30d")
        String after = "";

        @Mixin
        FilterArguments filter = new FilterArguments();

        @Option(
                names = {"-n", "--dry-run"},
                description = "Only show which files the rule would delete now")
        boolean dryRun;

        Add(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            ExpiryRule rule = ExpiryRule.of(id, prefix, Amounts.duration("--after", after))
                    .withFilter(filter.filter());
            if (dryRun) {
                new PreviewLines(this)
                        .show(cursor -> client.lifecycle().preview(ExpiryRules.of(List.of(rule)), cursor));
                return 0;
            }
            client.lifecycle().change(rules -> rules.with(rule));
            print(
                    json(rule),
                    "Added " + name(rule) + ", by which files expire after " + Units.show(rule.expireAfter()));
            return 0;
        }
    }

    @Command(
            name = "remove",
            aliases = "rm",
            description = "Removes a rule. Files that it has not deleted yet stay.",
            footerHeading = "%nExamples:%n",
            footer = "  stowage lifecycle remove exports raw/demo/exports/")
    static final class Remove extends RemoteCommand {

        @Parameters(index = "0", paramLabel = "ID", description = "The rule, as listed by lifecycle list")
        String id = "";

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "PREFIX",
                description = "Its prefix, which has to be named if several rules have the id")
        @Nullable
        String prefix;

        Remove(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            ExpiryRule rule = find(client.lifecycle().rules());
            client.lifecycle().change(rules -> rules.without(rule.prefix(), rule.id()));
            print(json(rule).put("state", "removed"), "Removed " + name(rule));
            return 0;
        }

        private ExpiryRule find(ExpiryRules rules) {
            List<ExpiryRule> found = rules.list().stream()
                    .filter(rule -> rule.id().equals(id))
                    .filter(rule -> prefix == null || rule.prefix().equals(prefix))
                    .toList();
            if (found.isEmpty()) {
                throw CommandFailure.notFound("There is no such rule; 'stowage lifecycle list' shows all");
            }
            if (found.size() > 1) {
                throw CommandFailure.usage(found.size() + " rules have the id " + id + "; name the prefix, too");
            }
            return found.get(0);
        }
    }

    @Command(
            name = "set",
            description = {
                "Replaces all rules that you can see by those of a file, such as {\"rules\": [{\"id\": \"exports\","
                        + " \"prefix\": \"raw/demo/exports/\", \"expire_after\": \"30d\"}]}.",
                "--dry-run shows which files these rules would delete."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  stowage lifecycle set rules.json --dry-run",
                "  stowage lifecycle set rules.json",
                "  echo '{\"rules\": []}' | stowage lifecycle set -"
            })
    static final class SetAll extends RemoteCommand {

        @Parameters(paramLabel = "FILE", description = "A file with the rules as JSON; - for standard input")
        String file = "";

        @Option(
                names = {"-n", "--dry-run"},
                description = "Only show which files the rules would delete now")
        boolean dryRun;

        SetAll(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws IOException, InterruptedException {
            ExpiryRules rules = read();
            if (dryRun) {
                new PreviewLines(this).show(cursor -> client.lifecycle().preview(rules, cursor));
                return 0;
            }
            List<ExpiryRule> stored = client.lifecycle().replace(rules).list();
            if (json) {
                stored.forEach(rule -> print(json(rule), ""));
            } else {
                print(object(), "There are " + stored.size() + " rules now");
            }
            return 0;
        }

        private ExpiryRules read() throws IOException {
            byte[] text = file.equals("-")
                    ? shell.in().readAllBytes()
                    : Files.readAllBytes(shell.folder().resolve(file));
            try {
                return ExpiryRules.parse(new String(text, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage(file + " " + e.getMessage());
            }
        }
    }

    @Command(
            name = "preview",
            description = {
                "Shows which files the rules would delete now: their number and size, and the first of them.",
                "'lifecycle add --dry-run' and 'lifecycle set --dry-run' do the same for rules that do not exist yet."
            })
    static final class Preview extends RemoteCommand {

        Preview(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            new PreviewLines(this).show(client.lifecycle()::preview);
            return 0;
        }
    }

    /** Shows the result of a dry run, which may take several requests. */
    private record PreviewLines(RemoteCommand command) {

        /** Asks for a part of the result. */
        interface Source {

            ExpiringFiles page(Optional<String> cursor) throws InterruptedException;
        }

        void show(Source source) throws InterruptedException {
            long count = 0;
            long bytes = 0;
            Optional<String> cursor = Optional.empty();
            do {
                ExpiringFiles page = source.page(cursor);
                page.files()
                        .forEach(file -> command.print(
                                json(file),
                                String.format(
                                        Locale.ROOT,
                                        "%-20s %20d  %s  (%s)",
                                        file.lastModified(),
                                        file.size(),
                                        file.key(),
                                        file.rule())));
                count += page.count();
                bytes += page.bytes();
                cursor = page.next();
            } while (cursor.isPresent());
            command.print(
                    RemoteCommand.object().put("count", count).put("bytes", bytes),
                    count + " files, " + ByteText.of(bytes) + (count > 0 ? " would be deleted" : ""));
        }

        private static ObjectNode json(ExpiringFiles.Taken file) {
            return RemoteCommand.object()
                    .put("key", file.key())
                    .put("size", file.size())
                    .put("last_modified", file.lastModified().toString())
                    .put("rule", file.rule());
        }
    }

    private static String name(ExpiryRule rule) {
        return rule.id() + " for " + files(rule);
    }

    private static String files(ExpiryRule rule) {
        return rule.prefix().isEmpty() ? "(all files)" : rule.prefix();
    }

    private static ObjectNode json(ExpiryRule rule) {
        ObjectNode json = RemoteCommand.object().put("id", rule.id()).put("prefix", rule.prefix());
        rule.filter().ifPresent(filter -> {
            ObjectNode object = json.putObject("filter");
            filter.largerThan().ifPresent(bytes -> object.put("larger_than", bytes));
            filter.smallerThan().ifPresent(bytes -> object.put("smaller_than", bytes));
            filter.name().ifPresent(pattern -> object.put("name", pattern));
            filter.contentType().ifPresent(pattern -> object.put("content_type", pattern));
            if (!filter.metadata().isEmpty()) {
                filter.metadata().forEach(object.putObject("metadata")::put);
            }
        });
        return json.put("expire_after", Units.show(rule.expireAfter()));
    }

    private static String text(FileFilter filter) {
        List<String> conditions = new ArrayList<>();
        filter.name().ifPresent(pattern -> conditions.add("name " + pattern));
        filter.contentType().ifPresent(pattern -> conditions.add("type " + pattern));
        filter.largerThan().ifPresent(bytes -> conditions.add("larger than " + ByteText.of(bytes)));
        filter.smallerThan().ifPresent(bytes -> conditions.add("smaller than " + ByteText.of(bytes)));
        filter.metadata().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> conditions.add(entry.getKey() + "=" + entry.getValue()));
        return String.join(", ", conditions);
    }
}
