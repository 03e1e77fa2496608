package dev.stowage.app.remote;

import dev.stowage.client.FileListing;
import dev.stowage.client.StowageClient;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists files. */
@Command(
        name = "ls",
        description = "Lists the files and folders whose keys begin with a prefix, or files that match a pattern.",
        footerHeading = "%nExamples:%n",
        footer = {"  stowage ls raw/demo/", "  stowage ls -r raw/demo/ --json", "  stowage ls 'raw/demo/**.csv'"})
final class LsCommand extends RemoteCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "PREFIX",
            defaultValue = "",
            description = "The beginning of the keys, or a pattern with *, ** and ?; by default all")
    String prefix;

    @Option(
            names = {"-r", "--recursive"},
            description = "List all files below the prefix, instead of folders")
    boolean recursive;

    LsCommand(Shell shell) {
        super(shell);
        this.prefix = "";
    }

    @Override
    int run(StowageClient client) throws InterruptedException {
        boolean pattern = KeyArguments.isPattern(prefix);
        String literal = pattern ? prefix.split("[*?\\[{]", 2)[0] : prefix;
        Predicate<String> wanted = pattern ? KeyArguments.matcher(prefix) : key -> true;
        Optional<String> token = Optional.empty();
        long unaddressable = 0;
        do {
            FileListing page = client.files().list(literal, recursive || pattern ? "" : "/", token);
            page.prefixes()
                    .forEach(folder ->
                            print(object().put("prefix", folder), String.format(Locale.ROOT, "%41s  %s", "", folder)));
            page.files().stream()
                    .filter(file -> wanted.test(file.key()))
                    .forEach(file -> print(
                            object().put("key", file.key())
                                    .put("size", file.size())
                                    .put("last_modified", file.lastModified().toString())
                                    .put("etag", file.etag()),
                            String.format(
                                    Locale.ROOT, "%-20s %20d  %s", file.lastModified(), file.size(), file.key())));
            unaddressable += page.unaddressable();
            token = page.next();
        } while (token.isPresent());
        out().flush();
        if (unaddressable > 0) {
            err().println("stowage: " + unaddressable
                    + " objects are left out, because no request can name their keys");
        }
        return 0;
    }
}
