package dev.stowage.local.index;

import dev.stowage.core.multipart.UploadInfo;

/**
 * A point in the order of uploads: by key, then age, then id.
 *
 * @param initiated in milliseconds since 1970
 */
record UploadPosition(String key, long initiated, String id) {

    private static final String SEPARATOR = "\n";

    /** Before every upload whose key begins so. */
    static UploadPosition before(String prefix) {
        return new UploadPosition(prefix, Long.MIN_VALUE, "");
    }

    static UploadPosition of(UploadInfo upload) {
        return new UploadPosition(
                upload.key().value(),
                upload.initiated().toEpochMilli(),
                upload.id().value());
    }

    /** Reads {@link #text()}. */
    static UploadPosition parse(String text) {
        String[] fields = text.split(SEPARATOR, -1);
        return new UploadPosition(fields[0], Long.parseLong(fields[1]), fields[2]);
    }

    /** Keys and ids have no control characters. */
    String text() {
        return String.join(SEPARATOR, key, Long.toString(initiated), id);
    }
}
