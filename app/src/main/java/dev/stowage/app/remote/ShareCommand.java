package dev.stowage.app.remote;

import dev.stowage.client.SharedLink;
import dev.stowage.client.StowageClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a link to a file. */
@Command(
        name = "share",
        description = "Prints a link with which anyone can download a file for a time. Treat it as a password.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stowage share raw/demo/report.pdf",
            "  stowage share raw/demo/report.pdf --expires 15m",
            "",
            "For links that can be revoked, to folders, for uploads, or with limits: stowage links."
        })
final class ShareCommand extends RemoteCommand {

    @Parameters(paramLabel = "KEY", description = "The key of the file, which need not exist yet")
    String key = "";

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "How long the link works, up to 24h; default: ${DEFAULT-VALUE}")
    String expires = "1h";

    ShareCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(StowageClient client) throws InterruptedException {
        SharedLink link = client.files().share(key, Amounts.duration("--expires", expires));
        print(
                object().put("key", link.key())
                        .put("url", link.url().toString())
                        .put("expires_in", link.validFor().toSeconds()),
                link.url().toString());
        return 0;
    }
}
