package dev.stowage.http.form;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import java.util.Map;
import java.util.Set;

/** The fields of a part's form: {@code key}, {@code upload_id}, {@code part_number}. */
record PartFields(FormFields fields) {

    private static final String KEY = "key";
    private static final String UPLOAD_ID = "upload_id";
    private static final String PART_NUMBER = "part_number";

    /** The maximum size of each field, in bytes. */
    static final Map<String, Integer> LIMITS = Map.of(KEY, 8 << 10, UPLOAD_ID, 4 << 10, PART_NUMBER, 16);

    /** Whether all fields have been read. */
    boolean complete() {
        return fields.have(Set.of(KEY, UPLOAD_ID, PART_NUMBER));
    }

    /** @throws dev.stowage.core.error.InvalidInput when it is missing or not a valid key */
    ObjectKey key() {
        return new ObjectKey(fields.required(KEY));
    }

    /** @throws dev.stowage.core.error.InvalidInput when it is missing or not valid */
    UploadId uploadId() {
        return new UploadId(fields.required(UPLOAD_ID));
    }

    /** @throws dev.stowage.core.error.InvalidInput when it is missing or out of bounds */
    PartNumber partNumber() {
        return PartNumber.parse(fields.required(PART_NUMBER));
    }
}
