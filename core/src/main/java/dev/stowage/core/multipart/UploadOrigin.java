package dev.stowage.core.multipart;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The origin of an upload.
 *
 * @param owner the principal who created it; empty where no authentication is required
 * @param layoutValues the values of the layout's variables in the key, such as the project; unmodifiable
 * @param expectedSize of the whole file in bytes; empty while it is unknown
 * @param process that sends a large file in parts on its own, and does not resume it after a restart, or that is putting the file of a
 *     resumable upload; otherwise empty
 * @param resumption how a client resumes it; empty when the client sends parts
 */
public record UploadOrigin(
        Optional<String> owner,
        Map<String, String> layoutValues,
        OptionalLong expectedSize,
        Optional<ProcessId> process,
        Optional<Resumption> resumption) {

    public UploadOrigin {
        layoutValues = Map.copyOf(layoutValues);
    }

    /** Returns the origin of a multipart upload by a client. */
    public static UploadOrigin client(Optional<String> owner, Map<String, String> layoutValues) {
        return new UploadOrigin(owner, layoutValues, OptionalLong.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns the origin of a resumable upload by a client. */
    public static UploadOrigin resumable(
            Optional<String> owner, Map<String, String> layoutValues, OptionalLong size, Resumption resumption) {
        return new UploadOrigin(owner, layoutValues, size, Optional.empty(), Optional.of(resumption));
    }

    UploadOrigin of(Optional<ProcessId> other) {
        return new UploadOrigin(owner, layoutValues, expectedSize, other, resumption);
    }

    /** Returns the origin of a large file that a process sends in parts. */
    public static UploadOrigin process(ProcessId process, Map<String, String> layoutValues, OptionalLong size) {
        return new UploadOrigin(Optional.empty(), layoutValues, size, Optional.of(process), Optional.empty());
    }
}
