package dev.stowage.s3api.operation;

import dev.stowage.core.file.Files;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.PutResult;
import dev.stowage.s3api.body.SentBody;
import dev.stowage.s3api.checksum.ChecksumHeader;
import dev.stowage.s3api.checksum.ChecksumType;
import dev.stowage.s3api.traffic.Traffic;
import java.io.IOException;

/** Stores an object. */
final class PutObject implements Operation {

    private final Files files;
    private final FolderMarkers folders;
    private final Traffic traffic;

    PutObject(Files files, Traffic traffic) {
        this.files = files;
        this.folders = new FolderMarkers(files);
        this.traffic = traffic;
    }

    @Override
    public void perform(S3Call call) throws IOException {
        ObjectAttributes attributes = ObjectHeaders.parse(call.headers());
        Preconditions conditions = ObjectConditions.of(call.headers(), "").forWrite();
        SentBody body = CallBody.of(call);
        if (FolderMarkers.isFolder(call)) {
            ObjectInfo marker =
                    WriteTarget.write(call, files, conditions, () -> folders.put(call, attributes, conditions, body));
            call.reply().header("ETag", marker.etag().quoted());
            call.reply().empty(200);
            return;
        }
        traffic.upload(call.request(), call.caller(), () -> {
            PutResult put = WriteTarget.write(
                    call,
                    files,
                    conditions,
                    () -> body.read(content ->
                            files.put(call.caller(), call.key(), content, attributes, conditions, body.expected())));
            call.reply().header("ETag", put.info().etag().quoted());
        });
        body.checksum()
                .ifPresent(sum -> call.reply()
                        .header(ChecksumHeader.name(sum.algorithm()), sum.base64())
                        .header(ChecksumType.HEADER, ChecksumType.FULL_OBJECT.name()));
        call.reply().empty(200);
    }
}
