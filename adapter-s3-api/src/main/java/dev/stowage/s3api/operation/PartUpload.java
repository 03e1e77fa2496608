package dev.stowage.s3api.operation;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.upload.Uploads;
import dev.stowage.s3api.body.SentBody;
import dev.stowage.s3api.checksum.ChecksumHeader;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.traffic.Traffic;
import java.io.IOException;

/** UploadPart: stores a part of an upload. */
final class PartUpload implements Operation {

    private static final String NUMBER = "partNumber";

    private final Uploads uploads;
    private final Traffic traffic;

    PartUpload(Uploads uploads, Traffic traffic) {
        this.uploads = uploads;
        this.traffic = traffic;
    }

    @Override
    public void perform(S3Call call) throws IOException {
        ObjectHeaders.refuseUnsupported(call.headers());
        UploadId upload = MultipartUploads.id(call);
        PartNumber number = number(call);
        SentBody body = CallBody.of(call);
        traffic.upload(call.request(), call.caller(), () -> {
            PartInfo part = body.read(
                    content -> uploads.putPart(call.caller(), call.key(), upload, number, content, body.expected()));
            call.reply().header("ETag", part.etag().quoted());
        });
        body.checksum().ifPresent(sum -> call.reply().header(ChecksumHeader.name(sum.algorithm()), sum.base64()));
        call.reply().empty(200);
    }

    /** Returns the part that a request names. @throws S3ErrorException when it is not a number within the limits */
    static PartNumber number(S3Call call) {
        String text = call.query().get(NUMBER).orElse("");
        try {
            return new PartNumber(Integer.parseInt(text));
        } catch (NumberFormatException | InvalidInput e) {
            throw S3ErrorException.invalidArgument(
                    NUMBER, text, "Part number must be an integer between 1 and " + PartNumber.MAX + ", inclusive");
        }
    }
}
