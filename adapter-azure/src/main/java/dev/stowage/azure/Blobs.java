package dev.stowage.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.Utility;
import dev.stowage.core.adapter.EncodedAttributes;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.WriteCondition;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The requests to the blobs of the container, by name. They throw exceptions of the core. A missing blob is a missing file.
 *
 * <p>Requests are sent through the SDK's pipeline, but not by the methods of its clients: those that transfer bodies hold 4 MiB of each in
 * memory, and read bodies on other threads than that of the caller.
 */
final class Blobs {

    /** The largest body of a blob that is written by one request. */
    static final long MAX_PUT = 5000L << 20;

    /** The largest blob that is copied by one request. */
    static final long MAX_COPY = 256L << 20;

    /** Bodies of this size and more are sent only after the store has accepted the headers. */
    private static final long ANNOUNCED = 1L << 20;

    private static final BlobServiceVersion VERSION = BlobServiceVersion.V2021_12_02;
    private static final Duration SOURCE_LIFETIME = Duration.ofHours(1);

    /** An ETag of the store's form that no blob has. */
    private static final String NO_BLOBS_TAG = "\"0x0\"";

    static final BinaryData NO_BODY = BinaryData.fromBytes(new byte[0]);

    private static final String BLOCK = "comp=block&blockid=";

    private final BlobContainerClient container;
    private final AzureConfig config;
    private final InstantSource clock;

    Blobs(AzureConfig config, AzureConnection connection, InstantSource clock) {
        this.container = new BlobContainerClientBuilder()
                .endpoint(config.endpoint().toString())
                .containerName(config.container())
                .serviceVersion(VERSION)
                .pipeline(connection.pipeline())
                .buildClient();
        this.config = config;
        this.clock = clock;
    }

    /** The container, for requests that concern more than one blob. */
    BlobContainerClient container() {
        return container;
    }

    /** The SDK's client of a blob. */
    BlobClient client(String name) {
        return container.getBlobClient(name);
    }

    Optional<BlobVersion> head(String name) {
        return repeated(() -> {
            try {
                return Optional.of(BlobVersion.of(exchange(HttpMethod.HEAD, name, "", new HttpHeaders(), NO_BODY)));
            } catch (NotFound e) {
                return Optional.empty();
            }
        });
    }

    /**
     * Returns the blob of a key.
     *
     * @throws NotFound when there is none
     * @throws PreconditionFailed when another ETag is expected
     */
    BlobVersion existing(ObjectKey key, Optional<Etag> ifMatch) {
        BlobVersion blob = head(BlobNames.of(key)).orElseThrow(() -> NotFound.file(key.value()));
        if (ifMatch.isPresent() && !ifMatch.get().equals(blob.etag())) {
            throw AzureErrors.preconditionFailed(key.value());
        }
        return blob;
    }

    /** Returns the tags of a blob as a header has them. */
    String tags(String name) {
        return AzureErrors.translated(
                name,
                () -> client(name).getTags().entrySet().stream()
                        .map(tag -> Utility.urlEncode(tag.getKey()) + "=" + Utility.urlEncode(tag.getValue()))
                        .collect(Collectors.joining("&")));
    }

    /**
     * Begins to read a blob. The caller closes the response.
     *
     * @param span the bytes to read, at least one; empty for all
     */
    HttpResponse get(String name, Optional<ByteSpan> span, Optional<Etag> ifMatch) {
        return repeated(() -> {
            HttpHeaders headers = new HttpHeaders();
            span.ifPresent(bytes -> set(headers, "x-ms-range", range(bytes)));
            ifMatch.ifPresent(etag -> headers.set(HttpHeaderName.IF_MATCH, quoted(etag)));
            return send(HttpMethod.GET, name, "", headers, NO_BODY);
        });
    }

    /** Writes a blob. The body has exactly the length that it states, or fails before the last byte. */
    BlobSummary put(String name, BinaryData body, EncodedAttributes attributes, WriteCondition condition) {
        HttpHeaders headers = restricted(BlobAttributes.described(attributes), condition);
        set(headers, "x-ms-blob-type", "BlockBlob");
        return BlobSummary.of(body.getLength(), exchange(HttpMethod.PUT, name, "", headers, body));
    }

    /** Reads a short text. */
    String text(String name) {
        try (HttpResponse answer = get(name, Optional.empty(), Optional.empty())) {
            return answer.getBodyAsBinaryData().toString();
        }
    }

    /** Stores a block, which is no part of the blob until it is committed. */
    void putBlock(String name, String block, BinaryData body) {
        exchange(HttpMethod.PUT, name, BLOCK + Utility.urlEncode(block), new HttpHeaders(), body);
    }

    /** Stores a block with bytes of a version of another blob. */
    void putBlock(String name, String block, String source, Etag version, ByteSpan span) {
        HttpHeaders headers = from(source, version, false);
        set(headers, "x-ms-source-range", range(span));
        exchange(HttpMethod.PUT, name, BLOCK + Utility.urlEncode(block), headers, NO_BODY);
    }

    /** Makes a blob of blocks that were stored. */
    HttpHeaders commit(String name, List<String> blocks, HttpHeaders headers, WriteCondition condition) {
        StringBuilder list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        blocks.forEach(block -> list.append("<Latest>").append(block).append("</Latest>"));
        BinaryData body = BinaryData.fromString(list.append("</BlockList>").toString());
        return exchange(HttpMethod.PUT, name, "comp=blocklist", restricted(headers, condition), body);
    }

    /**
     * Copies a version of a blob, of at most {@link #MAX_COPY} bytes, with its attributes and tags.
     *
     * @throws dev.stowage.core.error.Conflict when the source has another version
     */
    BlobSummary copy(String source, BlobVersion version, String target, WriteCondition condition) {
        HttpHeaders headers = restricted(from(source, version.etag(), version.tagged()), condition);
        set(headers, "x-ms-requires-sync", "true");
        version.tier().ifPresent(tier -> set(headers, "x-ms-access-tier", tier));
        if (version.tagged()) {
            set(headers, "x-ms-copy-source-tag-option", "COPY");
        }
        try {
            return BlobSummary.of(version.size(), exchange(HttpMethod.PUT, target, "", headers, NO_BODY));
        } catch (PreconditionFailed e) {
            // Without a condition on the target, it is the source that does not match.
            throw condition instanceof WriteCondition.None ? AzureErrors.sourceChanged() : e;
        }
    }

    /** Deletes a blob with its snapshots. */
    void delete(String name, WriteCondition condition, Optional<String> lease) {
        HttpHeaders headers = restricted(new HttpHeaders(), condition);
        set(headers, "x-ms-delete-snapshots", "include");
        lease.ifPresent(id -> set(headers, "x-ms-lease-id", id));
        exchange(HttpMethod.DELETE, name, "", headers, NO_BODY);
    }

    /** Deletes a blob of the adapter, on which {@code lease} may be held. Returns whether there was one. */
    boolean deleteIfExists(String name, Optional<String> lease) {
        try {
            delete(name, WriteCondition.NONE, lease);
            return true;
        } catch (NotFound e) {
            return false;
        }
    }

    /** Acquires, renews or releases a lease on a blob of the adapter, which lasts a minute. */
    void lease(String name, String action, String id) {
        HttpHeaders headers = new HttpHeaders();
        set(headers, "x-ms-lease-action", action);
        set(headers, action.equals("acquire") ? "x-ms-proposed-lease-id" : "x-ms-lease-id", id);
        if (action.equals("acquire")) {
            set(headers, "x-ms-lease-duration", "60");
        }
        exchange(HttpMethod.PUT, name, "comp=lease", headers, NO_BODY);
    }

    /** Returns a URL that permits one kind of access to a blob. */
    String signed(
            URI endpoint, String name, BlobSasPermission access, Duration lifetime, Optional<String> disposition) {
        BlobServiceSasSignatureValues values =
                new BlobServiceSasSignatureValues(clock.instant().plus(lifetime).atOffset(ZoneOffset.UTC), access);
        disposition.ifPresent(values::setContentDisposition);
        return url(endpoint, name) + "?" + client(name).generateSas(values);
    }

    private static String range(ByteSpan span) {
        return "bytes=" + span.offset() + "-" + span.last();
    }

    static void set(HttpHeaders headers, String name, String value) {
        headers.set(HttpHeaderName.fromString(name), value);
    }

    /** Runs a request that changes nothing, and repeats it once when the store does not answer. */
    static <T> T repeated(Supplier<T> request) {
        try {
            return request.get();
        } catch (StorageUnavailable e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return request.get();
        }
    }

    private HttpHeaders exchange(HttpMethod method, String name, String query, HttpHeaders headers, BinaryData body) {
        try (HttpResponse answer = send(method, name, query, headers, body)) {
            return answer.getHeaders();
        }
    }

    private HttpResponse send(HttpMethod method, String name, String query, HttpHeaders headers, BinaryData body) {
        long length = body.getLength();
        set(headers, "x-ms-version", VERSION.getVersion());
        // The SDK signs it in any case.
        set(headers, "Content-Length", Long.toString(length));
        // Otherwise the HTTP client asks for gzip, and decompresses files that were stored so.
        set(headers, "Accept-Encoding", "identity");
        Duration timeout = method == HttpMethod.GET || method == HttpMethod.HEAD
                ? config.timeouts().answer()
                : config.timeouts().change();
        if (length >= ANNOUNCED) {
            set(headers, "Expect", "100-continue");
            timeout = config.timeouts().idle();
        }
        String url = url(config.endpoint(), name);
        HttpRequest request = new HttpRequest(method, query.isEmpty() ? url : url + "?" + query).setHeaders(headers);
        if (length > 0) {
            request.setBody(body);
        }
        // The name is not public, but the HTTP client has no other way to limit a single request.
        Context context = new Context("azure-response-timeout", timeout);
        return AzureErrors.translated(name, () -> {
            HttpResponse answer = container.getHttpPipeline().sendSync(request, context);
            if (answer.getStatusCode() < 300) {
                return answer;
            }
            answer.close();
            throw new BlobStorageException("Status " + answer.getStatusCode(), answer, null);
        });
    }

    private HttpHeaders from(String source, Etag version, boolean tagged) {
        BlobSasPermission permission =
                new BlobSasPermission().setReadPermission(true).setTagsPermission(tagged);
        HttpHeaders headers = new HttpHeaders();
        set(
                headers,
                "x-ms-copy-source",
                signed(config.endpoint(), source, permission, SOURCE_LIFETIME, Optional.empty()));
        set(headers, "x-ms-source-if-match", quoted(version));
        return headers;
    }

    private String url(URI endpoint, String name) {
        return endpoint.toString().replaceFirst("/$", "") + "/" + config.container() + "/" + Utility.urlEncode(name);
    }

    private static HttpHeaders restricted(HttpHeaders headers, WriteCondition condition) {
        if (condition instanceof WriteCondition.IfAbsent) {
            headers.set(HttpHeaderName.IF_NONE_MATCH, "*");
        } else if (condition instanceof WriteCondition.IfMatch match) {
            headers.set(HttpHeaderName.IF_MATCH, quoted(match.etag()));
        }
        return headers;
    }

    /** The store refuses texts that can't be one of its ETags; no blob has them. */
    private static String quoted(Etag etag) {
        return etag.value().matches("0x[0-9A-Fa-f]{1,32}") ? etag.quoted() : NO_BLOBS_TAG;
    }
}
