package dev.stowage.core.upload;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request to append bytes to an upload.
 *
 * @param offset where the bytes begin; empty for the upload's current offset
 * @param size of the whole file in bytes, if the client announces it with this request
 * @param last whether the bytes complete the file
 * @param body the bytes; read once
 * @param expected digests that the body must match, otherwise none of it is kept; unmodifiable
 * @param file digests that the completed file must match; empty when the client's protocol has no such digests, so that none are computed
 * @param cut makes reading the body fail; may be called from any thread while the body is being read
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

    /** Creates a request without digests of the whole file. */
    public AppendRequest(
            OptionalLong offset, OptionalLong size, boolean last, Content body, List<Checksum> expected, Runnable cut) {
        this(offset, size, last, body, expected, Optional.empty(), cut);
    }

    /** Returns a request without bytes at the current offset, which completes the file if all of its bytes are stored. */
    static AppendRequest nothing() {
        return new AppendRequest(
                OptionalLong.empty(), OptionalLong.empty(), false, Content.of(new byte[0]), List.of(), () -> {});
    }
}
