package dev.stowage.azure;

import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.PageToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lists blobs. */
final class BlobListing {

    private static final int LARGEST_PAGE = 5000;

    private final Blobs blobs;

    BlobListing(Blobs blobs) {
        this.blobs = blobs;
    }

    /** A page of blobs, and the position of the next one. */
    record Names(List<BlobItem> items, Optional<String> next) {}

    ObjectPage page(ListQuery query) {
        PageToken tokens =
                new PageToken(query.prefix().value(), query.delimiter().orElse(""));
        Names names = names(
                BlobNames.encode(query.prefix().value()),
                query.delimiter().map(BlobNames::encode),
                query.maxKeys(),
                query.token().map(tokens::decode));
        List<ObjectSummary> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        long unaddressable = 0;
        for (BlobItem item : names.items()) {
            if (item.getName().startsWith(BlobNames.INTERNAL)) {
                continue;
            }
            Optional<String> text = BlobNames.decode(item.getName()).filter(BlobListing::isAddressable);
            if (text.isEmpty()) {
                unaddressable++;
            } else if (isPrefix(item)) {
                prefixes.add(text.get());
            } else {
                objects.add(summary(new ObjectKey(text.get()), item));
            }
        }
        return new ObjectPage(objects, prefixes, unaddressable, names.next().map(tokens::encode));
    }

    /** Returns a page of names that begin with {@code prefix}; those up to a delimiter are one item. */
    Names names(String prefix, Optional<String> delimiter, int max, Optional<String> after) {
        ListBlobsOptions options = new ListBlobsOptions().setPrefix(prefix).setMaxResultsPerPage(max);
        PagedIterable<BlobItem> all = delimiter.isPresent()
                ? blobs.container().listBlobsByHierarchy(delimiter.get(), options, null)
                : blobs.container().listBlobs(options, null);
        PagedResponse<BlobItem> page = Blobs.repeated(() -> {
            try {
                return (after.isPresent() ? all.iterableByPage(after.get()) : all.iterableByPage())
                        .iterator()
                        .next();
            } catch (RuntimeException e) {
                throw AzureErrors.translate(e, prefix);
            }
        });
        return new Names(
                page.getValue(),
                Optional.ofNullable(page.getContinuationToken()).filter(token -> !token.isEmpty()));
    }

    /** Passes on all blobs whose names begin with {@code prefix}, in order. */
    void all(String prefix, Consumer<BlobItem> target) {
        Optional<String> after = Optional.empty();
        do {
            Names page = names(prefix, Optional.empty(), LARGEST_PAGE, after);
            page.items().forEach(target);
            after = page.next();
        } while (after.isPresent());
    }

    static boolean isPrefix(BlobItem item) {
        return Boolean.TRUE.equals(item.isPrefix());
    }

    /** A key and a prefix are valid in the same cases, except for the empty text. */
    private static boolean isAddressable(String text) {
        try {
            new KeyPrefix(text);
            new ObjectKey(text);
            return true;
        } catch (InvalidInput e) {
            return false;
        }
    }

    private static ObjectSummary summary(ObjectKey key, BlobItem item) {
        return new ObjectSummary(
                key,
                item.getProperties().getContentLength(),
                Etag.ofMaybeQuoted(item.getProperties().getETag()),
                item.getProperties().getLastModified().toInstant());
    }
}
