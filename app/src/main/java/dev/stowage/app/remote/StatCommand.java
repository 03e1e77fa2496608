package dev.stowage.app.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.client.FileDetails;
import dev.stowage.client.StowageClient;
import dev.stowage.client.StowageException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what is known about files. */
@Command(
        name = "stat",
        description = "Shows size, type, digest, metadata and expiry of files.",
        footerHeading = "%nExamples:%n",
        footer = {"  stowage stat raw/demo/report.pdf", "  stowage stat --json raw/demo/report.pdf | jq .size"})
final class StatCommand extends RemoteCommand {

    @Parameters(arity = "1..*", paramLabel = "KEY", description = "The keys of the files")
    List<String> keys = new ArrayList<>();

    StatCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(StowageClient client) throws InterruptedException {
        int exitCode = 0;
        for (String key : keys) {
            try {
                FileDetails details = client.files().stat(key);
                print(json(details), text(details));
            } catch (StowageException e) {
                CommandFailure failure = CommandFailure.of(e);
                err().println("stowage: " + failure.text());
                exitCode = keys.size() == 1 ? failure.exitCode() : CommandFailure.SOME_FAILED;
            }
        }
        return exitCode;
    }

    private static ObjectNode json(FileDetails details) {
        ObjectNode json = object().put("key", details.key())
                .put("size", details.size())
                .put("etag", details.etag())
                .put("last_modified", details.lastModified().toString())
                .put("content_type", details.contentType());
        ObjectNode metadata = json.putObject("metadata");
        details.metadata().forEach(metadata::put);
        details.attributes().forEach(json::put);
        details.expiresAt().ifPresent(time -> json.put("expires_at", time.toString()));
        return json;
    }

    private static String text(FileDetails details) {
        FieldLines lines = new FieldLines(details.key())
                .add("size", details.size() + " bytes (" + ByteText.of(details.size()) + ")")
                .add("type", details.contentType())
                .add("modified", details.lastModified().toString())
                .add("etag", details.etag());
        details.expiresAt().ifPresent(time -> lines.add("expires", time.toString()));
        new TreeMap<>(details.attributes()).forEach(lines::add);
        new TreeMap<>(details.metadata()).forEach((name, value) -> lines.add("meta " + name, value));
        return lines.text();
    }
}
