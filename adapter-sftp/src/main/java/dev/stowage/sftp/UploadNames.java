package dev.stowage.sftp;

import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the folders of uploads, which are their ids, and of the files of parts. */
final class UploadNames {

    private static final Pattern ID = Pattern.compile("([0-9a-f]{12})-[0-9a-f]{32}");
    private static final Pattern PART = Pattern.compile("part-([0-9]{5})");

    private UploadNames() {}

    /** Returns a new id. Those of later uploads are greater. */
    static UploadId next(Instant now) {
        String random = UUID.randomUUID().toString().replace("-", "");
        return new UploadId("%012x-%s".formatted(now.toEpochMilli(), random));
    }

    /** Returns when the upload was created; empty when the name is not that of an upload. */
    static Optional<Instant> created(String name) {
        Matcher id = ID.matcher(name);
        return id.matches() ? Optional.of(Instant.ofEpochMilli(Long.parseLong(id.group(1), 16))) : Optional.empty();
    }

    static String of(PartNumber number) {
        return "part-%05d".formatted(number.value());
    }

    /** Returns the number of a part; empty when the name is not that of a part. */
    static Optional<PartNumber> part(String name) {
        Matcher part = PART.matcher(name);
        return part.matches() ? Optional.of(new PartNumber(Integer.parseInt(part.group(1)))) : Optional.empty();
    }
}
