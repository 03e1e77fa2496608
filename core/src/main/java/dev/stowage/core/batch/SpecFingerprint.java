package dev.stowage.core.batch;

import dev.stowage.core.job.JobSpec;
import dev.stowage.core.object.ChecksumAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What two submissions of the same job have in common, and no others. */
final class SpecFingerprint {

    private SpecFingerprint() {}

    /** A digest of all of {@code spec}. It is kept for as long as the job is, so it must not change between versions without need. */
    static String of(JobSpec spec) {
        ChecksumAlgorithm.Hasher digest = ChecksumAlgorithm.SHA256.newHasher();
        // A record's text names each of its components; keys have no line breaks or other control characters to blur
        // them with.
        byte[] text = spec.toString().getBytes(StandardCharsets.UTF_8);
        digest.update(text, 0, text.length);
        return HexFormat.of().formatHex(digest.finish());
    }
}
