package dev.stowage.app.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.client.ProjectSize;
import dev.stowage.client.StowageClient;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Shows what projects store. */
@Command(
        name = "usage",
        description = {
            "Shows how many bytes and files each project stores, and its quota.",
            "Of the projects whose files you may read. Usage is only counted by services with quotas."
        })
final class RemoteUsageCommand extends RemoteCommand {

    private static final String FORMAT = "%-32s  %16s  %12s  %16s";

    RemoteUsageCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(StowageClient client) throws InterruptedException {
        printAll(String.format(Locale.ROOT, FORMAT, "PROJECT", "BYTES", "FILES", "QUOTA"), client::usage, this::show);
        return 0;
    }

    private void show(ProjectSize size) {
        ObjectNode object = object().put("project", size.project())
                .put("bytes", size.bytes())
                .put("files", size.files());
        size.quota().ifPresent(quota -> object.put("quota", quota));
        String quota = size.quota().isPresent() ? String.valueOf(size.quota().getAsLong()) : "none";
        print(object, String.format(Locale.ROOT, FORMAT, size.project(), size.bytes(), size.files(), quota));
    }
}
