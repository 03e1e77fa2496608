package dev.stowage.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BlobNamesTest {

    @Test
    void nameOfMetadata_isAnIdentifier_andDecodedAgain() {
        for (String name :
                List.of("a", "my_key", "a-b", "a.b", "0", "9_2d", "_", "_2d", "__2d", "_5f", "x-amz-meta-a", "_30")) {
            String identifier = BlobAttributes.identifier(name);

            assertTrue(identifier.matches("[A-Za-z_][A-Za-z0-9_]*"), identifier);
            assertEquals(name, BlobAttributes.name(identifier));
        }
        assertEquals("my_key", BlobAttributes.identifier("my_key"));
    }

    @Test
    void recordOfAnUpload_hasItsKeyAndId_inTheOrderOfKeys() {
        List<ObjectKey> keys = new ArrayList<>();
        for (String key : List.of("a", "a b", "a!", "a  b", "a/b", "a 1", "b".repeat(1024), "\u65E5")) {
            keys.add(new ObjectKey(key));
        }
        Collections.sort(keys);

        List<String> records = new ArrayList<>();
        for (ObjectKey key : keys) {
            Upload upload = new Upload(key, UploadId.next(Instant.EPOCH));
            records.add(upload.record());
            assertTrue(upload.part(new PartNumber(1)).length() <= 1024);
            assertEquals(upload, Upload.ofRecord(upload.record(), record -> key.value()));
        }

        assertEquals(records.stream().sorted().toList(), records);
    }
}
