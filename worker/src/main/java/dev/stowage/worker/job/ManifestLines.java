package dev.stowage.worker.job;

import dev.stowage.core.object.ObjectInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The lines of a manifest, in order. For one thread. */
interface ManifestLines {

    /** Opens a manifest in the format given by its name, its content type or its first byte. */
    static ManifestLines of(InputStream bytes, ObjectInfo manifest) throws IOException {
        ManifestType type = ManifestType.of(manifest);
        ManifestInput input = new ManifestInput(bytes);
        boolean json = type.format() == ManifestFormat.NDJSON
                || (type.format() == ManifestFormat.UNKNOWN && input.peek() == '{');
        return json ? new NdjsonLines(input) : new CsvLines(input, type.header());
    }

    /**
     * The next line; empty at the end.
     *
     * @throws dev.stowage.core.error.InvalidInput when the rest can't be parsed because the header is malformed
     */
    Optional<ManifestLine> next() throws IOException;
}
