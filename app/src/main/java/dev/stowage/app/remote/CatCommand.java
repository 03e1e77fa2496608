package dev.stowage.app.remote;

import dev.stowage.client.StowageClient;
import dev.stowage.client.TransferListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes files to standard output. */
@Command(
        name = "cat",
        description =
                "Writes files to standard output, one after another. Bytes that do not match their digest lead to exit code 1.",
        footerHeading = "%nExamples:%n",
        footer = {"  stowage cat raw/demo/notes.txt", "  stowage cat raw/demo/part-1.csv raw/demo/part-2.csv > all.csv"
        })
final class CatCommand extends RemoteCommand {

    @Parameters(arity = "1..*", paramLabel = "KEY", description = "The keys of the files")
    List<String> keys = new ArrayList<>();

    CatCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(StowageClient client) throws IOException, InterruptedException {
        for (String key : keys) {
            client.files().copyTo(key, shell.out(), TransferListener.NONE);
            shell.out().flush();
        }
        return 0;
    }
}
