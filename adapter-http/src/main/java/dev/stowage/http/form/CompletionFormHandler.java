package dev.stowage.http.form;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.upload.Uploads;
import dev.stowage.http.access.Caller;
import dev.stowage.http.conditional.WriteConditions;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.exchange.RequestHeaders;
import dev.stowage.http.json.JsonCodec;
import dev.stowage.http.multipart.CompletedFile;
import dev.stowage.http.multipart.PartReference;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Completes a multipart upload by a form, {@code multipart/form-data} or urlencoded. */
public final class CompletionFormHandler implements Handler {

    private static final String PARTS = "parts_json";
    /** Enough for 10000 parts with long ETags, in bytes. */
    private static final int MAX_PARTS_JSON = 2 << 20;

    private static final Map<String, Integer> LIMITS =
            Map.of("key", 8 << 10, "upload_id", 4 << 10, PARTS, MAX_PARTS_JSON);

    private final Uploads uploads;
    private final String bucket;
    private final JsonCodec codec;
    private final Json json;

    public CompletionFormHandler(Uploads uploads, String bucket, JsonCodec codec) {
        this.uploads = uploads;
        this.bucket = bucket;
        this.codec = codec;
        this.json = new Json(codec);
    }

    @Override
    public void handle(Context ctx) throws IOException {
        Preconditions conditions = WriteConditions.parse(RequestHeaders.of(ctx));
        FormFields fields = FormRequest.fields(ctx, LIMITS);
        ObjectKey key = new ObjectKey(fields.required("key"));
        UploadId upload = new UploadId(fields.required("upload_id"));
        ObjectInfo completed =
                uploads.complete(Caller.of(ctx), key, upload, fields.text(PARTS).map(this::parts), conditions);
        ctx.header("ETag", completed.etag().quoted());
        json.write(ctx, 200, CompletedFile.of(bucket, completed));
    }

    private List<PartTag> parts(String text) {
        try {
            return PartReference.tags(Arrays.asList(codec.read(text, PartReference[].class)));
        } catch (InvalidInput e) {
            throw new InvalidInput(
                    e.code(),
                    "parts_json must be a JSON array of {\"part_number\", \"etag\"}: " + e.getMessage(),
                    Map.of("field", PARTS));
        }
    }
}
