package dev.stowage.http.link;

import dev.stowage.core.access.Link;
import dev.stowage.core.access.LinkTarget;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.link.Links;
import dev.stowage.core.link.OpenLink;
import dev.stowage.core.object.CheckedContent;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.HeaderAttributes;
import dev.stowage.core.object.MediaTypes;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.http.exchange.RequestBody;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.form.SharedForm;
import dev.stowage.http.link.LinkContents.LinkFile;
import io.javalin.http.Context;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores the files that users of links send. An existing file is never replaced. */
final class LinkUpload {

    private final Links links;
    private final Files files;
    private final LinkMeters meters;
    private final LinkFailures failures = new LinkFailures();

    /** @param files with the size limit of the service */
    LinkUpload(Links links, Files files, LinkMeters meters) {
        this.links = links;
        this.files = files;
        this.meters = meters;
    }

    /** Stores the body of a request. */
    LinkFile body(Context ctx, OpenLink open, String name) {
        Content content = RequestBody.of(ctx);
        List<Checksum> digests = RequestHeaders.digests(ctx).all();
        return store(open, name, RequestBody.declaredType(ctx), content, digests);
    }

    /**
     * Stores the files of a form, in their order. The first one that can't be stored ends the request; those before it are kept.
     *
     * @throws RuntimeException whose detail names the files that were stored
     */
    List<LinkFile> form(Context ctx, OpenLink open) throws IOException {
        List<LinkFile> stored = new ArrayList<>();
        try {
            SharedForm.files(
                    ctx,
                    file -> stored.add(store(
                            open,
                            fileName(file.name()),
                            Optional.of(file.type()).filter(type -> !type.equals(ContentType.OCTET_STREAM)),
                            file.content(),
                            file.digests())));
            return stored;
        } catch (RuntimeException e) {
            throw failures.after(e, stored.stream().map(LinkFile::name).toList());
        }
    }

    private LinkFile store(
            OpenLink open, String name, Optional<ContentType> type, Content content, List<Checksum> digests) {
        Link link = open.link();
        try {
            ObjectKey key = key(link.target(), name);
            ObjectAttributes attributes = new ObjectAttributes(
                    type.orElseGet(() -> MediaTypes.guess(key)), Metadata.NONE, new HeaderAttributes(Map.of()));
            Content limited =
                    CheckedContent.limited(content, link.limits().maxSize().orElse(Long.MAX_VALUE));
            ObjectInfo stored = links.upload(
                    open,
                    key,
                    () -> files.put(open.bearer(), key, limited, attributes, Preconditions.IF_ABSENT, digests)
                            .info());
            meters.used(link);
            return new LinkFile(name, stored.size());
        } catch (StorageException e) {
            throw failures.uploading(e, link, name);
        }
    }

    /** The name of a file for one file is that of its key, whatever the client calls it. */
    private static ObjectKey key(LinkTarget target, String name) {
        return target instanceof LinkTarget.OneFile file ? file.key() : new ObjectKey(target.text() + name);
    }

    /** Some browsers send the path on the user's disk, and some file systems decompose accents. */
    private static String fileName(String sent) {
        String last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        return Normalizer.normalize(last, Normalizer.Form.NFC);
    }
}
