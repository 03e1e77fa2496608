package dev.stowage.azure;

import com.azure.core.http.HttpResponse;
import dev.stowage.core.adapter.LentBody;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.util.Optional;

/** Reads blobs. */
final class Reads {

    private static final int ATTEMPTS = 3;

    private Reads() {}

    static <T> T read(Blobs blobs, ObjectKey key, ReadOptions options, ObjectReader<T> reader) throws IOException {
        HttpResponse answer = begin(blobs, key, options);
        BlobVersion blob = BlobVersion.of(answer.getHeaders());
        ByteSpan span =
                options.range().map(range -> range.resolve(blob.size())).orElseGet(() -> ByteSpan.whole(blob.size()));
        try (LentBody body = new LentBody(
                answer.getBodyAsBinaryData().toStream(),
                span.length(),
                answer::close,
                failure -> AzureErrors.translate(failure, key.value()))) {
            return reader.read(blob.info(key), span, body);
        }
    }

    /**
     * Sends one request for a whole blob, or two for a range, which depends on the size: the store knows no suffixes, and does not say how
     * large a blob is that has no such range.
     */
    private static HttpResponse begin(Blobs blobs, ObjectKey key, ReadOptions options) {
        String name = BlobNames.of(key);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                if (options.range().isEmpty()) {
                    return blobs.get(name, Optional.empty(), options.ifMatch());
                }
                BlobVersion blob = blobs.existing(key, options.ifMatch());
                ByteSpan span = options.range().get().resolve(blob.size());
                return blobs.get(name, Optional.of(span), Optional.of(blob.etag()));
            } catch (PreconditionFailed e) {
                // A missing blob does not match the condition either. Another version may have been stored in between.
                blobs.existing(key, options.ifMatch());
            }
        }
        throw new StorageUnavailable("The file is replaced again and again. Try again later.", null);
    }
}
