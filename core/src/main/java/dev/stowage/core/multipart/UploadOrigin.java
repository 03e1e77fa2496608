package dev.stowage.core.multipart;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where an upload comes from.
 *
 * @param owner the principal who began it; empty where nobody has to say who they are
 * @param layoutValues what the key's layout calls the key's segments, such as the project; unmodifiable
 * @param expectedSize of the whole, in bytes; empty while it is not known
 * @param process that sends a large file in parts by itself, and does not come back for it after its end; empty for an upload that a
 *     client goes on with
 * @param resumption how a client goes on with it at a byte; empty when the client sends parts
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

    /** An upload that a client sends part by part. */
    public static UploadOrigin client(Optional<String> owner, Map<String, String> layoutValues) {
        return new UploadOrigin(owner, layoutValues, OptionalLong.empty(), Optional.empty(), Optional.empty());
    }

    /** An upload that a client sends byte by byte. */
    public static UploadOrigin resumable(
            Optional<String> owner, Map<String, String> layoutValues, OptionalLong size, Resumption resumption) {
        return new UploadOrigin(owner, layoutValues, size, Optional.empty(), Optional.of(resumption));
    }

    /** A large file that a process sends in parts. */
    public static UploadOrigin process(ProcessId process, Map<String, String> layoutValues, OptionalLong size) {
        return new UploadOrigin(Optional.empty(), layoutValues, size, Optional.of(process), Optional.empty());
    }
}
