package dev.stowage.http.form;

import dev.stowage.core.access.Principal;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.spool.Spool;
import dev.stowage.core.spool.SpoolSpace;
import dev.stowage.core.upload.Uploads;
import dev.stowage.http.access.Caller;
import dev.stowage.http.exchange.Json;
import dev.stowage.http.multipart.UploadedPart;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Uploads a part by a form. If the fields precede the part, it is streamed; otherwise it is spooled to disk until they arrive. */
public final class PartFormHandler implements Handler {

    /** Each field may appear once, so this is enough to report which one is invalid. */
    private static final int MAX_PARTS = 16;

    private final Uploads uploads;
    private final SpoolSpace spools;
    private final long maxSpooled;
    private final Json json;

    /**
     * @param spools temporary disk space for parts that arrive before their fields
     * @param maxSpooled the limit of the size of such a part, in bytes
     */
    public PartFormHandler(Uploads uploads, SpoolSpace spools, long maxSpooled, Json json) {
        this.uploads = uploads;
        this.spools = spools;
        this.maxSpooled = maxSpooled;
        this.json = json;
    }

    @Override
    public void handle(Context ctx) throws IOException {
        FormFields fields = new FormFields(PartFields.LIMITS);
        FileForm form = new FileForm(FormRequest.open(ctx, MAX_PARTS), fields);
        PartInfo part = upload(Caller.of(ctx), form, new PartFields(fields));
        ctx.header("ETag", part.etag().quoted());
        json.write(ctx, 200, UploadedPart.of(part));
    }

    private PartInfo upload(Principal caller, FileForm form, PartFields fields) throws IOException {
        FormPart file = form.readToFile();
        file.headers().refuseConditions();
        List<Checksum> digests = file.headers().digests();
        if (fields.complete()) {
            Content content = Content.once(form.bodyOf(file, () -> {}), OptionalLong.empty());
            return put(caller, fields, content, digests);
        }
        try (Spool spool = spools.keep(file.body(), maxSpooled)) {
            form.readRest();
            return put(caller, fields, spool, digests);
        }
    }

    private PartInfo put(Principal caller, PartFields fields, Content content, List<Checksum> digests) {
        return uploads.putPart(caller, fields.key(), fields.uploadId(), fields.partNumber(), content, digests);
    }
}
