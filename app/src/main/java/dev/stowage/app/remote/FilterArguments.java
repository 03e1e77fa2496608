package dev.stowage.app.remote;

import dev.stowage.client.FileFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that select files by what they are, besides their age. */
final class FilterArguments {

    @Option(names = "--larger-than", paramLabel = "SIZE", description = "Only files with more bytes, such as 1MiB")
    @Nullable
    String largerThan;

    @Option(names = "--smaller-than", paramLabel = "SIZE", description = "Only files with fewer bytes")
    @Nullable
    String smallerThan;

    @Option(
            names = "--match",
            paramLabel = "PATTERN",
            description =
                    "Only files whose names match, such as '*.csv'; the name is the part of the key after its last slash")
    @Nullable
    String name;

    @Option(
            names = "--match-type",
            paramLabel = "PATTERN",
            description = "Only files whose content type matches, such as 'image/*'")
    @Nullable
    String contentType;

    @Option(
            names = "--match-meta",
            paramLabel = "NAME=VALUE",
            description = "Only files with this entry in their metadata; repeat it for several")
    Map<String, String> metadata = new LinkedHashMap<>();

    FileFilter filter() {
        FileFilter filter = FileFilter.NONE;
        if (largerThan != null) {
            filter = filter.largerThan(Amounts.size("--larger-than", largerThan));
        }
        if (smallerThan != null) {
            filter = filter.smallerThan(Amounts.size("--smaller-than", smallerThan));
        }
        if (name != null) {
            filter = filter.named(name);
        }
        if (contentType != null) {
            filter = filter.ofType(contentType);
        }
        return metadata.isEmpty() ? filter : filter.withMetadata(metadata);
    }
}
