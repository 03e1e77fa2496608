package dev.stowage.http.signed;

import dev.stowage.core.access.Principal;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.file.Files;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.upload.Uploads;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.exchange.RequestBody;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.metadata.HeaderFields;
import dev.stowage.http.route.RouteConditions;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/** Uploads by signed URLs. The responses are those of S3, whose clients also use these URLs. */
public final class SignedUploads {

    private final Files files;
    private final Uploads uploads;

    /** @param files without the size limit of uploads through the API */
    public SignedUploads(Files files, Uploads uploads) {
        this.files = files;
        this.uploads = uploads;
    }

    void put(Context ctx, Principal bearer, UrlGrant.Upload grant) throws IOException {
        ContentType type = type(RequestBody.type(ctx), grant);
        Content content = RequestBody.ofFile(ctx);
        List<Checksum> digests = RequestHeaders.digests(ctx).all();
        Preconditions conditions = WriteConditions.parse(RequestHeaders.of(ctx));
        ObjectAttributes attributes =
                new ObjectAttributes(type, Metadata.NONE, HeaderFields.parse(RequestHeaders.of(ctx)));
        ObjectInfo stored = files.put(bearer, grant.key(), content, attributes, conditions, digests)
                .info();
        ctx.header("ETag", stored.etag().quoted()).status(200);
    }

    /** Returns the type as it was signed: a proxy or the server may have reformatted the one that was sent. */
    private static ContentType type(ContentType sent, UrlGrant.Upload grant) {
        ContentType wanted = grant.contentType().orElse(sent);
        if (!wanted.isSameAs(sent)) {
            throw new AccessDenied("The URL is signed for the content type " + wanted + "; send it as Content-Type");
        }
        return wanted;
    }

    void putPart(Context ctx, Principal bearer, UrlGrant.UploadPart grant) throws IOException {
        RouteConditions.NONE.check(ctx);
        PartInfo part = uploads.putPart(
                bearer,
                grant.key(),
                grant.upload(),
                grant.number(),
                RequestBody.of(ctx),
                RequestHeaders.digests(ctx).all());
        ctx.header("ETag", part.etag().quoted()).status(200);
    }
}
