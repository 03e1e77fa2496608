package dev.stowage.azure;

import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import dev.stowage.core.adapter.PageEntries;
import dev.stowage.core.adapter.PageToken;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.Page;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists blobs. */
final class BlobListing {

    private static final int LARGEST_PAGE = 5000;

    private final Blobs blobs;

    BlobListing(Blobs blobs) {
        this.blobs = blobs;
    }

    ObjectPage page(ListQuery query) {
        PageToken tokens =
                new PageToken(query.prefix().value(), query.delimiter().orElse(""));
        Page<BlobItem, String> names = names(
                BlobNames.OF_KEYS.encode(query.prefix().value()),
                query.delimiter().map(BlobNames.OF_KEYS::encode),
                query.maxKeys(),
                query.token().map(tokens::decode));
        PageEntries entries = new PageEntries();
        for (BlobItem item : names.items()) {
            Optional<String> text = BlobNames.OF_KEYS.decode(item.getName());
            if (item.getName().startsWith(BlobNames.INTERNAL)) {
                continue;
            }
            if (isPrefix(item)) {
                entries.addPrefix(text);
            } else {
                BlobSummary blob = BlobSummary.of(item);
                entries.addObject(text, blob.size(), blob.etag(), blob.lastModified());
            }
        }
        return entries.page(names.next().map(tokens::encode));
    }

    /** Returns a page of names that begin with {@code prefix}; those up to a delimiter are one item. */
    Page<BlobItem, String> names(String prefix, Optional<String> delimiter, int max, Optional<String> after) {
        ListBlobsOptions options = new ListBlobsOptions().setPrefix(prefix).setMaxResultsPerPage(max);
        PagedIterable<BlobItem> all = delimiter.isPresent()
                ? blobs.container().listBlobsByHierarchy(delimiter.get(), options, null)
                : blobs.container().listBlobs(options, null);
        PagedResponse<BlobItem> page = Blobs.repeated(() -> AzureErrors.translated(
                prefix,
                () -> (after.isPresent() ? all.iterableByPage(after.get()) : all.iterableByPage())
                        .iterator()
                        .next()));
        return new Page<>(
                page.getValue(),
                Optional.ofNullable(page.getContinuationToken()).filter(token -> !token.isEmpty()));
    }

    /** Returns all blobs whose names begin with {@code prefix}, in order. */
    Stream<BlobItem> all(String prefix) {
        return Page.all((Optional<String> after) -> names(prefix, Optional.empty(), LARGEST_PAGE, after));
    }

    static boolean isPrefix(BlobItem item) {
        return Boolean.TRUE.equals(item.isPrefix());
    }
}
