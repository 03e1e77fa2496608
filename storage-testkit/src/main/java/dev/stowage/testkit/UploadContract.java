package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Open uploads: creating, aborting and listing them and their parts. */
interface UploadContract extends MultipartFixture {

    @Test
    default void limits_areSane() {
        assertThat(uploads().limits().minSize()).isNotNegative();
        assertThat(uploads().limits().maxSize())
                .isGreaterThan(uploads().limits().minSize());
    }

    @Test
    default void create_repeated_createsAnother() {
        UploadId first = create(key("same"));
        UploadId second = create(key("same"));

        assertThat(first).isNotEqualTo(second);
        assertThat(openUploads()).extracting(UploadInfo::id).containsExactlyInAnyOrder(first, second);
        assertThat(store().stat(key("same"))).isEmpty();
    }

    @Test
    default void uploads_ofOneKey_keepTheirPartsApart() {
        ObjectKey key = key("same");
        UploadId first = create(key);
        UploadId second = create(key);
        putPart(key, first, 1, 10);
        PartTag part = putPart(key, second, 2, 20);

        assertThat(partNumbers(key, first)).containsExactly(1);
        assertThat(partNumbers(key, second)).containsExactly(2);
        complete(key, second, List.of(part));
        assertThat(partNumbers(key, first)).containsExactly(1);
    }

    @Test
    default void abort_deletesAllParts() {
        long before = leftovers();
        ObjectKey key = key("aborted");
        UploadId upload = create(key);
        putPart(key, upload, 1, partSize());
        putPart(key, upload, 2, 100);

        uploads().abort(key, upload);

        assertThat(openUploads()).isEmpty();
        assertNothingLeft(before);
        assertThat(store().stat(key)).isEmpty();
    }

    @Test
    default void abort_deletesReplacedParts() {
        long before = leftovers();
        ObjectKey key = key("replaced");
        UploadId upload = create(key);
        putPart(key, upload, 1, 1000);
        putPart(key, upload, 1, 2000);

        uploads().abort(key, upload);

        assertNothingLeft(before);
    }

    @Test
    default void everyMethod_withoutUpload_isNotFound() {
        ObjectKey key = key("ended");
        UploadId aborted = create(key);
        PartTag part = putPart(key, aborted, 1, 10);
        uploads().abort(key, aborted);
        UploadId completed = create(key);
        complete(key, completed, List.of(putPart(key, completed, 1, 10)));
        UploadId elsewhere = create(key("elsewhere"));
        PartTag elsewheres = putPart(key("elsewhere"), elsewhere, 1, 10);

        for (UploadId upload : List.of(new UploadId("nobody-s-upload"), aborted, completed, elsewhere)) {
            assertNoUpload(() -> uploads().abort(key, upload));
            assertNoUpload(() -> uploads().listParts(key, upload, 10, Optional.empty()));
            assertNoUpload(() -> uploads().complete(key, upload, List.of(part), WriteCondition.NONE));
        }
        complete(key("elsewhere"), elsewhere, List.of(elsewheres));
    }

    @Test
    default void listParts_returnsStoredParts() {
        ObjectKey key = key("parts");
        UploadId upload = create(key);
        PartTag tag = putPart(key, upload, 3, 123);

        Page<PartInfo, PartNumber> page = uploads().listParts(key, upload, 10, Optional.empty());

        assertThat(page.next()).isEmpty();
        assertThat(page.items()).hasSize(1);
        PartInfo part = page.items().get(0);
        assertThat(part.number()).isEqualTo(tag.number());
        assertThat(part.etag()).isEqualTo(tag.etag());
        assertThat(part.size()).isEqualTo(123);
        assertRecent(part.lastModified());
    }

    @Test
    default void listParts_ofNewUpload_isEmpty() {
        UploadId upload = create(key("new"));

        Page<PartInfo, PartNumber> page = uploads().listParts(key("new"), upload, 10, Optional.empty());

        assertThat(page.items()).isEmpty();
        assertThat(page.next()).isEmpty();
    }

    @Test
    default void listParts_withEveryPageSize_returnsEachPartOnce() {
        ObjectKey key = key("paged");
        UploadId upload = create(key);
        List<Integer> numbers = List.of(10_000, 2, 1, 77, 1001, 9);
        numbers.forEach(number -> putPart(key, upload, number, 10));

        for (int maxParts = 1; maxParts <= numbers.size() + 1; maxParts++) {
            List<Integer> shown = new ArrayList<>();
            Optional<PartNumber> after = Optional.empty();
            do {
                Page<PartInfo, PartNumber> page = uploads().listParts(key, upload, maxParts, after);
                assertThat(page.items().size()).isLessThanOrEqualTo(maxParts);
                page.items().forEach(part -> shown.add(part.number().value()));
                after = page.next();
            } while (after.isPresent());
            assertThat(shown).isEqualTo(numbers.stream().sorted().toList());
        }
    }

    @Test
    default void listParts_afterMissingNumber_returnsHigherOnes() {
        ObjectKey key = key("gaps");
        UploadId upload = create(key);
        List.of(1, 5, 9).forEach(number -> putPart(key, upload, number, 10));

        Page<PartInfo, PartNumber> page = uploads().listParts(key, upload, 10, Optional.of(new PartNumber(6)));

        assertThat(page.items()).extracting(part -> part.number().value()).containsExactly(9);
        assertThat(uploads()
                        .listParts(key, upload, 10, Optional.of(new PartNumber(10_000)))
                        .items())
                .isEmpty();
    }

    @Test
    default void listUploads_withEveryPageSize_returnsEachUploadOnce() {
        List<UploadId> ids = createNamed();

        for (int maxUploads = 1; maxUploads <= ids.size() + 1; maxUploads++) {
            assertThat(walk(prefix(""), maxUploads))
                    .as("uploads in pages of %s", maxUploads)
                    .extracting(UploadInfo::id)
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
        assertThat(walk(prefix("a"), 1000)).hasSize(4);
        assertThat(walk(prefix("a/"), 1)).hasSize(2);
        assertThat(walk(prefix("none"), 1)).isEmpty();
        assertThat(walk(KeyPrefix.ALL, 1000)).extracting(UploadInfo::id).containsAll(ids);
    }

    @Test
    default void listUploads_withEveryPageSize_isInTheOrderOfKeys() {
        List<UploadId> ids = createNamed();

        for (int maxUploads = 1; maxUploads <= ids.size() + 1; maxUploads++) {
            assertThat(walk(prefix(""), maxUploads))
                    .as("uploads in pages of %s", maxUploads)
                    .extracting(UploadInfo::key)
                    .isSortedAccordingTo(Comparator.naturalOrder());
        }
    }

    private List<UploadId> createNamed() {
        List<String> names = List.of("b", "a/x", "a", "a-b", "\uFF5E", "\uD83C\uDF89", "a/x", "c d+e%");
        return names.stream().map(name -> create(key(name))).toList();
    }

    @Test
    default void listUploads_ofMoreThan1000Uploads_returnsThemAll() throws Exception {
        Set<UploadId> ids = ConcurrentHashMap.newKeySet();
        forEach(MORE_THAN_A_PAGE, number -> ids.add(create(key("many/%04d".formatted(number)))));

        List<UploadInfo> shown = walk(prefix("many/"), 1000);

        assertThat(shown).extracting(UploadInfo::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(shown).allSatisfy(upload -> assertRecent(upload.initiated()));
        forEach(shown.size(), number -> {
            UploadInfo upload = shown.get(number - 1);
            uploads().abort(upload.key(), upload.id());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "%%%", "\u043A\u043B\u044E\u0447", "AAAA", "a/b"})
    default void listUploads_withForgedToken_isRejected(String token) {
        create(key("any"));

        assertThatThrownBy(() -> uploads().listUploads(prefix(""), 10, Optional.of(token)))
                .isInstanceOf(InvalidInput.class);
    }

    private List<UploadInfo> walk(KeyPrefix prefix, int maxUploads) {
        List<UploadInfo> shown = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            Page<UploadInfo, String> page = uploads().listUploads(prefix, maxUploads, token);
            assertThat(page.items().size()).isLessThanOrEqualTo(maxUploads);
            shown.addAll(page.items());
            token = page.next();
        } while (token.isPresent());
        return shown;
    }
}
