package dev.stowage.app.remote;

import dev.stowage.client.StowageClient;
import dev.stowage.client.UploadedFile;
import picocli.CommandLine.Command;

/** Moves files within the store. */
@Command(
        name = "mv",
        description = {
            "Moves or renames files within the store; no byte passes through this machine.",
            "For millions of files, 'stowage jobs submit move' is faster and runs by itself."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  stowage mv raw/demo/a.txt raw/demo/b.txt", "  stowage mv 'raw/demo/*.csv' processed/demo/"})
final class MvCommand extends CopyOrMove {

    MvCommand(Shell shell) {
        super(shell, "Moved");
    }

    @Override
    UploadedFile apply(StowageClient client, String source, String target, boolean overwrite)
            throws InterruptedException {
        return client.files().move(source, target, overwrite);
    }
}
