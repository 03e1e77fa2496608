package dev.stowage.app.remote;

import dev.stowage.client.PendingUpload;
import dev.stowage.client.StowageClient;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Uploads in progress. */
@Command(
        name = "uploads",
        description = "Lists and aborts uploads in progress.",
        footerHeading = "%nExamples:%n",
        footer = {"  stowage uploads list raw/demo/", "  stowage uploads abort raw/demo/big.iso UPLOAD_ID"})
final class UploadsCommand extends RemoteGroup {

    /** Returns the command with its subcommands. */
    static CommandLine line(Shell shell) {
        return new CommandLine(new UploadsCommand())
                .addSubcommand(new ListUploadsCommand(shell))
                .addSubcommand(new AbortUploadCommand(shell));
    }

    @Command(name = "list", description = "Lists the uploads in progress that you can see.")
    static final class ListUploadsCommand extends RemoteCommand {

        private static final String FORMAT = "%-20s  %-20s  %14s  %-36s  %s";

        @Parameters(arity = "0..1", paramLabel = "PREFIX", defaultValue = "", description = "The beginning of the keys")
        String prefix = "";

        ListUploadsCommand(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            printAll(
                    String.format(Locale.ROOT, FORMAT, "BEGUN", "EXPIRES", "BYTES", "ID", "KEY"),
                    cursor -> client.uploads().list(prefix, cursor),
                    this::show);
            return 0;
        }

        private void show(PendingUpload upload) {
            print(
                    object().put("key", upload.key())
                            .put("upload_id", upload.uploadId())
                            .put("initiated", upload.initiated().toString())
                            .put("expires_at", upload.expiresAt().toString())
                            .put("parts", upload.parts())
                            .put("bytes", upload.bytes()),
                    String.format(
                            Locale.ROOT,
                            FORMAT,
                            upload.initiated(),
                            upload.expiresAt(),
                            upload.bytes(),
                            upload.uploadId(),
                            upload.key()));
        }
    }

    @Command(name = "abort", description = "Aborts an upload and frees its bytes.")
    static final class AbortUploadCommand extends RemoteCommand {

        @Parameters(index = "0", paramLabel = "KEY", description = "The key, as listed by uploads list")
        String key = "";

        @Parameters(index = "1", paramLabel = "ID", description = "The id, as listed by uploads list")
        String id = "";

        AbortUploadCommand(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            client.uploads().abort(key, id);
            print(object().put("key", key).put("upload_id", id).put("state", "aborted"), "Aborted " + id);
            return 0;
        }
    }
}
