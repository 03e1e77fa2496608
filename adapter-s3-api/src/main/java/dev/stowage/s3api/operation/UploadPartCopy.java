package dev.stowage.s3api.operation;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.upload.Uploads;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HttpTime;
import dev.stowage.s3api.traffic.Traffic;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** UploadPartCopy: stores a part with bytes of an object. They pass through the service, as the store has no such operation. */
final class UploadPartCopy implements Operation {

    private static final String RANGE = "x-amz-copy-source-range";
    private static final String CONDITIONS = "x-amz-copy-source-";
    private static final Pattern BYTES = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})");

    private final Files files;
    private final Uploads uploads;
    private final BucketLookup buckets;
    private final Traffic traffic;

    UploadPartCopy(Files files, Uploads uploads, BucketLookup buckets, Traffic traffic) {
        this.files = files;
        this.uploads = uploads;
        this.buckets = buckets;
        this.traffic = traffic;
    }

    @Override
    public void perform(S3Call call) throws IOException {
        ObjectHeaders.refuseUnsupported(call.headers());
        UploadId upload = MultipartUploads.id(call);
        PartNumber number = PartUpload.number(call);
        ObjectKey from = CopySource.of(call, buckets).key();
        ObjectInfo info = files.stat(call.caller(), from).orElseThrow(() -> NotFound.file(from.value()));
        ObjectConditions conditions = ObjectConditions.of(call.headers(), CONDITIONS);
        if (!conditions.proceed(info)) {
            throw ObjectConditions.failed("x-amz-copy-source-If-None-Match");
        }
        ReadOptions options = new ReadOptions(range(call, info), Optional.of(info.etag()));
        traffic.upload(call.request(), call.caller(), () -> {
            PartInfo part = files.read(
                    call.caller(),
                    from,
                    options,
                    (object, span, body) -> uploads.putPart(
                            call.caller(),
                            call.key(),
                            upload,
                            number,
                            Content.once(body, OptionalLong.of(span.length())),
                            List.of()));
            call.reply()
                    .xml(
                            200,
                            "CopyPartResult",
                            document -> document.text("LastModified", HttpTime.document(part.lastModified()))
                                    .text("ETag", part.etag().quoted()));
        });
    }

    private static Optional<ByteRange> range(S3Call call, ObjectInfo info) {
        Optional<String> header = call.headers().get(RANGE).map(String::strip);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        Matcher range = BYTES.matcher(header.get());
        if (!range.matches() || Long.parseLong(range.group(1)) > Long.parseLong(range.group(2))) {
            throw S3ErrorException.invalidArgument(
                    RANGE, header.get(), RANGE + " must be of the form bytes=first-last, with offsets from 0");
        }
        long last = Long.parseLong(range.group(2));
        if (last >= info.size()) {
            throw new S3ErrorException(
                    S3ErrorCode.INVALID_RANGE,
                    "The range is not satisfiable for an object of " + info.size() + " bytes");
        }
        return Optional.of(new ByteRange.Slice(Long.parseLong(range.group(1)), last));
    }
}
