package dev.stowage.s3api.operation;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.key.PercentEncoding;
import dev.stowage.core.key.Utf8Order;
import dev.stowage.core.multipart.SessionPosition;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadProgress;
import dev.stowage.core.port.Page;
import dev.stowage.core.upload.Uploads;
import dev.stowage.s3api.bucket.Bucket;
import dev.stowage.s3api.request.HttpTime;
import dev.stowage.s3api.xml.XmlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A page of the open uploads in a bucket, some of them grouped by common prefixes. For one thread. */
final class ListedUploads {

    /** Sorts after the ids that stores give. */
    private static final UploadId LAST = new UploadId("~");

    private final Bucket bucket;
    private final ListParameters parameters;
    private final String keyMarker;
    private final String idMarker;
    private final List<UploadProgress> uploads = new ArrayList<>();
    private final List<String> commonPrefixes = new ArrayList<>();
    /** The name or common prefix of the last entry, and the id of its upload. */
    private String lastName = "";

    private String lastId = "";
    private boolean truncated;

    private ListedUploads(S3Call call, ListParameters parameters) {
        this.bucket = call.bucket();
        this.parameters = parameters;
        this.keyMarker = call.query().text("key-marker").orElse("");
        // Without a key, it is ignored, as with S3.
        this.idMarker =
                keyMarker.isEmpty() ? "" : call.query().text("upload-id-marker").orElse("");
    }

    /**
     * Reads a page.
     *
     * @throws dev.stowage.core.error.AccessDenied when the caller may not write every object with the prefix
     */
    static ListedUploads read(Uploads uploads, S3Call call, ListParameters parameters) {
        ListedUploads listing = new ListedUploads(call, parameters);
        Optional<KeyPrefix> prefix = listing.prefix();
        if (prefix.isPresent() && parameters.maxKeys() > 0) {
            Optional<String> token = listing.start().map(SessionPosition::token);
            do {
                Page<UploadProgress, SessionPosition> page =
                        uploads.list(call.caller(), prefix.get(), Uploads.MAX_UPLOADS, token);
                page.items().forEach(listing::add);
                token = page.next().map(SessionPosition::token);
            } while (token.isPresent() && !listing.truncated);
        }
        return listing;
    }

    private void add(UploadProgress upload) {
        String name = bucket.nameOf(upload.session().key().value());
        String id = upload.session().id().value();
        Optional<String> group = group(name);
        if (truncated || isBeforeMarker(group.orElse(name), group.isPresent(), id)) {
            return;
        }
        if (group.filter(lastName::equals).isPresent()) {
            return;
        }
        if (uploads.size() + commonPrefixes.size() == parameters.maxKeys()) {
            truncated = true;
            return;
        }
        if (group.isPresent()) {
            commonPrefixes.add(group.get());
        } else {
            uploads.add(upload);
        }
        lastName = group.orElse(name);
        lastId = group.isPresent() ? "" : id;
    }

    private boolean isBeforeMarker(String name, boolean isGroup, String id) {
        int order = keyMarker.isEmpty() ? 1 : Utf8Order.compare(name, keyMarker);
        return order < 0 || (order == 0 && (isGroup || idMarker.isEmpty() || id.compareTo(idMarker) <= 0));
    }

    private Optional<String> group(String name) {
        return parameters.delimiter().flatMap(delimiter -> {
            int end = name.indexOf(delimiter, parameters.prefix().length());
            return end < 0 ? Optional.empty() : Optional.of(name.substring(0, end + delimiter.length()));
        });
    }

    private Optional<KeyPrefix> prefix() {
        try {
            return Optional.of(bucket.under(parameters.prefix()));
        } catch (InvalidInput impossible) {
            return Optional.empty();
        }
    }

    /** Where the service begins to read; what comes before the markers is left out here, too. */
    private Optional<SessionPosition> start() {
        if (keyMarker.isEmpty()) {
            return Optional.empty();
        }
        try {
            ObjectKey key = bucket.key(keyMarker);
            return Optional.of(new SessionPosition(key, idMarker.isEmpty() ? LAST : new UploadId(idMarker)));
        } catch (InvalidInput notAKey) {
            return Optional.empty();
        }
    }

    /** Writes the document. */
    void write(XmlDocument document) {
        document.text("Bucket", bucket.name())
                .text("KeyMarker", encoded(keyMarker))
                .text("UploadIdMarker", idMarker);
        if (truncated) {
            document.text("NextKeyMarker", encoded(lastName)).text("NextUploadIdMarker", lastId);
        }
        document.text("Prefix", encoded(parameters.prefix()));
        parameters.delimiter().ifPresent(delimiter -> document.text("Delimiter", encoded(delimiter)));
        document.text("MaxUploads", parameters.maxKeys());
        if (parameters.isEncoded()) {
            document.text("EncodingType", "url");
        }
        document.text("IsTruncated", truncated);
        uploads.forEach(upload -> document.element(
                "Upload",
                element -> element.text(
                                "Key",
                                encoded(bucket.nameOf(upload.session().key().value())))
                        .text("UploadId", upload.session().id().value())
                        .owner("Initiator")
                        .owner("Owner")
                        .text("StorageClass", "STANDARD")
                        .text(
                                "Initiated",
                                HttpTime.document(upload.session().upload().initiated()))));
        commonPrefixes.forEach(
                prefix -> document.element("CommonPrefixes", common -> common.text("Prefix", encoded(prefix))));
    }

    private String encoded(String text) {
        return parameters.isEncoded() ? PercentEncoding.encodePath(text) : text;
    }
}
