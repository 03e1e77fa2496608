package dev.stowage.app.remote;

import dev.stowage.client.StowageClient;
import dev.stowage.client.UploadedFile;
import picocli.CommandLine.Command;

/** Copies files within the store. */
@Command(
        name = "cp",
        description = {
            "Copies files within the store; no byte passes through this machine.",
            "For millions of files, 'stowage jobs submit copy' is faster and runs by itself."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stowage cp raw/demo/a.txt processed/demo/a.txt",
            "  stowage cp -r raw/demo/2025/ processed/demo/2025/ --no-overwrite"
        })
final class CpCommand extends CopyOrMove {

    CpCommand(Shell shell) {
        super(shell, "Copied");
    }

    @Override
    UploadedFile apply(StowageClient client, String source, String target, boolean overwrite)
            throws InterruptedException {
        return client.files().copy(source, target, overwrite);
    }
}
