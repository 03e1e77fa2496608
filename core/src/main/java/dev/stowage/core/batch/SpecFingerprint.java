package dev.stowage.core.batch;

import dev.stowage.core.job.JobSpec;
import dev.stowage.core.object.ChecksumAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The fingerprint of a job's request, equal only for equal requests. */
final class SpecFingerprint {

    private SpecFingerprint() {}

    /** Returns a digest of all of {@code spec}. It is stored with the job, so it must not change between versions without need. */
    static String of(JobSpec spec) {
        ChecksumAlgorithm.Hasher digest = ChecksumAlgorithm.SHA256.newHasher();
        // A record's text contains each of its components; keys contain no line breaks or other control characters, so
        // the text is
        // unambiguous.
        byte[] text = spec.toString().getBytes(StandardCharsets.UTF_8);
        digest.update(text, 0, text.length);
        return HexFormat.of().formatHex(digest.finish());
    }
}
