package dev.stowage.local.index;

import dev.stowage.core.multipart.UploadInfo;

/**
 * A position in the order of uploads: by key, then time, then id.
 *
 * @param initiated in milliseconds since 1970
 */
record UploadPosition(String key, long initiated, String id) {

    private static final String SEPARATOR = "\n";

    /** Before every upload whose key begins with {@code prefix}. */
    static UploadPosition before(String prefix) {
        return new UploadPosition(prefix, Long.MIN_VALUE, "");
    }

    static UploadPosition of(UploadInfo upload) {
        return new UploadPosition(
                upload.key().value(),
                upload.initiated().toEpochMilli(),
                upload.id().value());
    }

    /** Parses {@link #text()}. */
    static UploadPosition parse(String text) {
        String[] fields = text.split(SEPARATOR, -1);
        return new UploadPosition(fields[0], Long.parseLong(fields[1]), fields[2]);
    }

    /** Keys and ids have no control characters. */
    String text() {
        return String.join(SEPARATOR, key, Long.toString(initiated), id);
    }
}
