package dev.stowage.core.upload;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Bytes for an upload.
 *
 * @param offset where they belong; empty for wherever the upload is
 * @param size of the whole, in bytes, where the client says so now
 * @param last whether the file ends with them
 * @param body is read once
 * @param expected digests that the body must match, or nothing of it is kept; unmodifiable
 * @param file digests that the whole file must match when it is complete; empty when the client's protocol has no such digests, and none has to
 *     be computed
 * @param cut makes the body end with a failure, from any thread; also while it is being read
 */
public record AppendRequest(
        OptionalLong offset,
        OptionalLong size,
        boolean last,
        Content body,
        List<Checksum> expected,
        Optional<List<Checksum>> file,
        Runnable cut) {
    public AppendRequest {
        expected = List.copyOf(expected);
        file = file.map(List::copyOf);
    }

    /** Without digests of the whole file. */
    public AppendRequest(
            OptionalLong offset, OptionalLong size, boolean last, Content body, List<Checksum> expected, Runnable cut) {
        this(offset, size, last, body, expected, Optional.empty(), cut);
    }

    /** No bytes, wherever the upload is: to make the file when all of them are there already. */
    static AppendRequest nothing() {
        return new AppendRequest(
                OptionalLong.empty(), OptionalLong.empty(), false, Content.of(new byte[0]), List.of(), () -> {});
    }
}
