package dev.stowage.s3api.operation;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectRange;
import dev.stowage.core.upload.Uploads;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HttpTime;
import dev.stowage.s3api.traffic.Traffic;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** UploadPartCopy: stores a part with bytes of an object. They pass through the service only where the store can't copy them by itself. */
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
        ObjectRange source = new ObjectRange(info, span(call, info));
        traffic.upload(call.request(), call.caller(), () -> {
            PartInfo part = uploads.copyPart(call.caller(), call.key(), upload, number, source);
            call.reply()
                    .xml(
                            200,
                            "CopyPartResult",
                            document -> document.text("LastModified", HttpTime.document(part.lastModified()))
                                    .text("ETag", part.etag().quoted()));
        });
    }

    private static ByteSpan span(S3Call call, ObjectInfo info) {
        Optional<String> header = call.headers().get(RANGE).map(String::strip);
        if (header.isEmpty()) {
            return ByteSpan.whole(info.size());
        }
        Matcher range = BYTES.matcher(header.get());
        if (!range.matches() || Long.parseLong(range.group(1)) > Long.parseLong(range.group(2))) {
            throw S3ErrorException.invalidArgument(
                    RANGE, header.get(), RANGE + " must be of the form bytes=first-last, with offsets from 0");
        }
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        if (last >= info.size()) {
            throw new S3ErrorException(
                    S3ErrorCode.INVALID_RANGE,
                    "The range is not satisfiable for an object of " + info.size() + " bytes");
        }
        return new ByteSpan(first, last - first + 1);
    }
}
