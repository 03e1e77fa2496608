package dev.stowage.s3api.operation;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.PercentEncoding;
import dev.stowage.core.key.Utf8Order;
import dev.stowage.core.object.ObjectSummary;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.s3api.bucket.Bucket;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HttpTime;
import dev.stowage.s3api.xml.XmlDocument;
import java.util.List;
import java.util.Optional;

/**
 * A page of a bucket's objects, as the parameters that all kinds of listings share ask for it.
 *
 * @param objects in the order of their names
 * @param commonPrefixes without the prefix of the bucket
 * @param nextToken of the store; empty on the last page
 */
record ListedObjects(
        ListParameters parameters,
        Bucket bucket,
        List<ObjectSummary> objects,
        List<String> commonPrefixes,
        Optional<String> nextToken) {

    /** A store may return pages without entries before the last one; most clients take such a page for the end. */
    private static final int MAX_EMPTY_PAGES = 1000;

    /**
     * Reads a page.
     *
     * @param after the name after which it begins; empty for the beginning
     * @param token of the previous page, which takes precedence
     * @throws dev.stowage.core.error.AccessDenied when the caller may not read every object with the prefix
     */
    static ListedObjects read(
            Files files, S3Call call, ListParameters parameters, Optional<String> after, Optional<String> token) {
        Bucket bucket = call.bucket();
        Optional<KeyPrefix> prefix = prefix(bucket, parameters.prefix());
        if (prefix.isEmpty() || parameters.maxKeys() == 0) {
            // No key can begin with this prefix.
            return new ListedObjects(parameters, bucket, List.of(), List.of(), Optional.empty());
        }
        ListQuery query = new ListQuery(
                prefix.get(),
                parameters.delimiter(),
                parameters.maxKeys(),
                token,
                token.isPresent()
                        ? Optional.empty()
                        : after.map(name -> bucket.prefix().value() + name));
        ObjectPage page = page(files, call, query);
        for (int empty = 0; isEmpty(page) && page.nextToken().isPresent() && empty < MAX_EMPTY_PAGES; empty++) {
            page = page(files, call, query.after(page.nextToken().get()));
        }
        return new ListedObjects(
                parameters,
                bucket,
                page.objects(),
                page.commonPrefixes().stream().map(bucket::nameOf).toList(),
                page.nextToken());
    }

    /** Returns the last name or common prefix of the page, after which the next one begins. */
    Optional<String> last() {
        Optional<String> object = objects.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        bucket.nameOf(objects.get(objects.size() - 1).key().value()));
        Optional<String> common = commonPrefixes.isEmpty()
                ? Optional.empty()
                : Optional.of(commonPrefixes.get(commonPrefixes.size() - 1));
        if (object.isEmpty() || common.isEmpty()) {
            return object.or(() -> common);
        }
        return Utf8Order.compare(object.get(), common.get()) > 0 ? object : common;
    }

    /** The number of entries. */
    int count() {
        return objects.size() + commonPrefixes.size();
    }

    /** Writes what all kinds of listings begin with. */
    void writeHead(XmlDocument document) {
        writeHead(document, encoded(parameters.prefix()));
    }

    /** Writes the same for ListObjects, whose clients do not decode the prefix of the request. */
    void writeHeadOfFirst(XmlDocument document) {
        writeHead(document, parameters.prefix());
    }

    private void writeHead(XmlDocument document, String prefix) {
        document.text("Name", bucket.name()).text("Prefix", prefix);
        parameters.delimiter().ifPresent(delimiter -> document.text("Delimiter", encoded(delimiter)));
        document.text("MaxKeys", parameters.maxKeys());
        if (parameters.isEncoded()) {
            document.text("EncodingType", "url");
        }
        document.text("IsTruncated", nextToken.isPresent());
    }

    /** Writes the properties of an object that all kinds of listings have. */
    void writeObject(XmlDocument document, ObjectSummary object, boolean withOwner) {
        document.text("Key", encoded(bucket.nameOf(object.key().value())))
                .text("LastModified", HttpTime.document(object.lastModified()))
                .text("ETag", object.etag().quoted())
                .text("Size", object.size())
                .text("StorageClass", "STANDARD");
        if (withOwner) {
            document.owner("Owner");
        }
    }

    /** Writes the common prefixes, one element for each. */
    void writeCommonPrefixes(XmlDocument document) {
        commonPrefixes.forEach(
                prefix -> document.element("CommonPrefixes", common -> common.text("Prefix", encoded(prefix))));
    }

    /** Returns a name as the client wants it. */
    String encoded(String text) {
        return parameters.isEncoded() ? PercentEncoding.encodePath(text) : text;
    }

    private static ObjectPage page(Files files, S3Call call, ListQuery query) {
        try {
            return files.list(call.caller(), query);
        } catch (InvalidInput e) {
            if (query.token().isPresent()) {
                throw S3ErrorException.invalidArgument(
                        "continuation-token", query.token().get(), "The continuation token provided is incorrect");
            }
            throw e;
        }
    }

    private static boolean isEmpty(ObjectPage page) {
        return page.objects().isEmpty() && page.commonPrefixes().isEmpty();
    }

    private static Optional<KeyPrefix> prefix(Bucket bucket, String text) {
        try {
            return Optional.of(bucket.under(text));
        } catch (InvalidInput impossible) {
            return Optional.empty();
        }
    }
}
