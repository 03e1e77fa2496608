package dev.stowage.sftp;

import dev.stowage.core.multipart.PartNumber;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the files of parts. Those of the folders of uploads are their ids. */
final class UploadNames {

    private static final Pattern PART = Pattern.compile("part-([0-9]{5})");

    private UploadNames() {}

    static String of(PartNumber number) {
        return "part-%05d".formatted(number.value());
    }

    /** Returns the number of a part; empty when the name is not that of a part. */
    static Optional<PartNumber> part(String name) {
        Matcher part = PART.matcher(name);
        return part.matches() ? Optional.of(new PartNumber(Integer.parseInt(part.group(1)))) : Optional.empty();
    }
}
