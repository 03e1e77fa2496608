package dev.stowage.core.upload;

import dev.stowage.core.object.Content;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** A body that runs an action once, before its last byte is returned. */
final class OvertakenContent implements Content {

    private final byte[] bytes;
    private final Runnable meanwhile;

    OvertakenContent(byte[] bytes, Runnable meanwhile) {
        this.bytes = bytes;
        this.meanwhile = meanwhile;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(bytes.length);
    }

    @Override
    public boolean replayable() {
        return false;
    }

    @Override
    public InputStream open() {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            private int given;

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int before = bytes.length - 1 - given;
                if (before == 0) {
                    meanwhile.run();
                }
                int read = super.read(buffer, offset, before > 0 ? Math.min(length, before) : length);
                given += Math.max(read, 0);
                return read;
            }
        };
    }
}
