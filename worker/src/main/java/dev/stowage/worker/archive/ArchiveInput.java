package dev.stowage.worker.archive;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.BodyStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes of an archive. Remembers whether they could not be read, as opposed to an archive that is damaged. For one thread. */
final class ArchiveInput extends BodyStream {

    private final InputStream bytes;
    private Optional<IOException> failure = Optional.empty();

    ArchiveInput(InputStream bytes) {
        this.bytes = bytes;
    }

    @Override
    protected int take(byte[] buffer, int offset, int length) throws IOException {
        try {
            return bytes.read(buffer, offset, length);
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    /** Returns the failure of these bytes, if that is the reason. @throws InvalidInput when the archive is damaged */
    IOException reason(Exception e) {
        return failure.orElseThrow(() -> damaged(e.getMessage()));
    }

    private static InvalidInput damaged(@Nullable String why) {
        return new InvalidInput(
                ErrorCode.INVALID_REQUEST, "The archive is damaged, or uses features that are not supported: " + why);
    }
}
