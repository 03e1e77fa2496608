package dev.stowage.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BlobNamesTest {

    private static final List<String> TEXTS = List.of(
            "a",
            "Z",
            " ",
            "[",
            "\\",
            "]",
            "/",
            "~",
            "[0",
            "\\1",
            "\u00E9",
            "\u65E5",
            "\uD7FD",
            "\uD7FE",
            "\uD7FF",
            "\uE000",
            "\uFFFF",
            "\uD800\uDC00",
            "\uDBFF\uDFFF");

    @Test
    void names_areOrderedLikeKeys_inUtf16_andDecodedAgain() {
        List<ObjectKey> keys = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder("k");
            for (int length = random.nextInt(4); length > 0; length--) {
                text.append(TEXTS.get(random.nextInt(TEXTS.size())));
            }
            keys.add(new ObjectKey(text.toString()));
        }
        Collections.sort(keys);

        List<String> names = keys.stream().map(BlobNames::of).toList();

        assertEquals(names.stream().sorted(Comparator.naturalOrder()).toList(), names);
        assertEquals(
                keys.stream().map(ObjectKey::value).toList(),
                names.stream().map(name -> BlobNames.decode(name).orElseThrow()).toList());
        assertTrue(names.stream().noneMatch(name -> name.contains("\\") || name.indexOf(BlobNames.UNUSED) >= 0));
    }

    @Test
    void commonKey_isItsOwnName() {
        assertEquals("raw/p/caf\u00E9 \u65E5 (1).txt", BlobNames.of(new ObjectKey("raw/p/caf\u00E9 \u65E5 (1).txt")));
    }

    @Test
    void longestKeys_fitIntoNames_exceptForBrackets() {
        for (String c : List.of("a", "\u00E9", "\uFFFF", "\uDBFF\uDFFF")) {
            BlobNames.of(new ObjectKey(c.repeat(
                    1024 / new ObjectKey(c).value().getBytes(java.nio.charset.StandardCharsets.UTF_8).length)));
        }
        assertThrows(InvalidInput.class, () -> BlobNames.of(new ObjectKey("[".repeat(600))));
    }

    @Test
    void foreignName_isNotDecoded() {
        for (String name : List.of("a[b", "[", "a\\b", "\uE000", "\uD7FE", "\uD7FE\uAC00", "\uD7FEzz", "\uD7FF")) {
            assertEquals(Optional.empty(), BlobNames.decode(name), name);
        }
    }

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
            Upload upload = Upload.begin(key, Instant.EPOCH);
            records.add(upload.record());
            assertTrue(upload.part(new dev.stowage.core.multipart.PartNumber(1)).length() <= 1024);
            assertEquals(upload, Upload.ofRecord(upload.record(), record -> key.value()));
        }

        assertEquals(records.stream().sorted().toList(), records);
    }
}
