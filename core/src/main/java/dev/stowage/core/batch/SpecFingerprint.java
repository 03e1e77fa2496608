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
        byte[] text = text(spec).getBytes(StandardCharsets.UTF_8);
        digest.update(text, 0, text.length);
        return HexFormat.of().formatHex(digest.finish());
    }

    /**
     * A record's text contains each of its components; keys and patterns contain no line breaks or other control characters, so the text is
     * unambiguous. Without a filter and an import source it is the text of versions that knew none.
     */
    private static String text(JobSpec spec) {
        return "JobSpec[operation=" + spec.operation() + ", source=" + spec.source() + ", target=" + spec.target()
                + ", options=" + spec.options() + "]"
                + spec.filter().map(filter -> "\n" + filter).orElse("")
                + spec.importFrom().map(from -> "\n" + from).orElse("");
    }
}
