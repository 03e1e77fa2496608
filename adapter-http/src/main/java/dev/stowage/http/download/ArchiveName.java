package dev.stowage.http.download;

import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.records.ArchiveSelection;
import java.util.Locale;
import java.util.Optional;

/** The name of the file that a browser saves an archive as. */
public final class ArchiveName {

    private static final String SUFFIX = ".zip";
    private static final String USUAL = "files" + SUFFIX;
    /** File systems allow no more; in characters, which may have several bytes. */
    private static final int MAX_LENGTH = 200;

    private ArchiveName() {}

    /** @param asked the name that the client asks for */
    static String of(Optional<String> asked, ArchiveSelection selection) {
        return asked.map(ArchiveName::complete)
                .orElseGet(
                        () -> selection.keys().isEmpty() && selection.prefixes().size() == 1
                                ? of(selection.prefixes().get(0))
                                : USUAL);
    }

    /** Returns the name for all files under a prefix: that of its last folder. */
    public static String of(KeyPrefix prefix) {
        String path = prefix.value();
        String folder = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String last = folder.substring(folder.lastIndexOf('/') + 1);
        return last.isEmpty() ? USUAL : complete(last);
    }

    private static String complete(String name) {
        String cut = name.codePointCount(0, name.length()) > MAX_LENGTH
                ? name.substring(0, name.offsetByCodePoints(0, MAX_LENGTH))
                : name;
        return cut.toLowerCase(Locale.ROOT).endsWith(SUFFIX) ? cut : cut + SUFFIX;
    }
}
