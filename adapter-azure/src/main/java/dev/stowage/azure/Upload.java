package dev.stowage.azure;

import dev.stowage.core.adapter.UnicodeNames;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The names of the blobs of an open upload.
 *
 * <p>Its record is a blob that has the attributes of the future object; its name has the key and the id, its bytes are the key. So records are listed
 * in the order of keys, and those of a key in the order of their creation. The upload is open as long as the record exists. The parts are
 * blobs, too, whose names begin with that of the record.
 */
record Upload(ObjectKey key, UploadId id) {

    /** The beginning of the names of records. */
    static final String RECORDS = BlobNames.INTERNAL + "uploads/";

    /** Separates the name of the record and the number of a part. */
    static final String PART = Character.toString(UnicodeNames.UNUSED);

    /** Names have at most 1024 characters. Of longer keys, the record has the beginning and a digest. */
    private static final int MAX_KEY = 800;

    /** Separates key and id; less than any character that follows a shorter key. */
    private static final String END = " 0";

    private static final String SPACE = " 1";
    private static final int ID_LENGTH = 45;

    /** @throws NotFound when the id is not one of this store */
    static Upload of(ObjectKey key, UploadId id) {
        Upload upload = new Upload(key, id);
        if (UploadId.created(id.value()).isEmpty()) {
            throw upload.missing();
        }
        return upload;
    }

    /** Returns the beginning of the names of the records of keys that begin with {@code prefix}, and perhaps of some others. */
    static String recordsOf(String prefix) {
        String name = escaped(prefix);
        return RECORDS + name.substring(0, Math.min(name.length(), MAX_KEY));
    }

    /**
     * Returns the upload with this record.
     *
     * @param bytes reads the record of a key that does not fit into the name
     */
    static Upload ofRecord(String record, UnaryOperator<String> bytes) {
        int end = record.length() - ID_LENGTH;
        String name = record.substring(RECORDS.length(), end - END.length());
        String key = name.length() > MAX_KEY
                ? bytes.apply(record)
                : BlobNames.OF_KEYS.decode(name.replace(SPACE, " ")).orElseThrow();
        return new Upload(new ObjectKey(key), new UploadId(record.substring(end)));
    }

    /** Whether a blob of the adapter is a record. */
    static boolean isRecord(String name) {
        return name.startsWith(RECORDS) && !name.contains(PART);
    }

    /** Returns the error for an upload that is not open. */
    NotFound missing() {
        return NotFound.upload(key.value(), id.value());
    }

    String record() {
        String name = escaped(key.value());
        UUID digest = UUID.nameUUIDFromBytes(key.value().getBytes(StandardCharsets.UTF_8));
        return RECORDS + (name.length() > MAX_KEY ? name.substring(0, MAX_KEY) + digest : name) + END + id;
    }

    String parts() {
        return record() + PART;
    }

    String part(PartNumber number) {
        return parts() + "%05d".formatted(number.value());
    }

    /** The separator needs a character below those of keys, so the lowest one of these is escaped. */
    private static String escaped(String text) {
        return BlobNames.OF_KEYS.encode(text).replace(" ", SPACE);
    }
}
