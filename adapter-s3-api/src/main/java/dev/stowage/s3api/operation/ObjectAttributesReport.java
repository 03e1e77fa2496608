package dev.stowage.s3api.operation;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.Files;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HttpTime;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** GetObjectAttributes: those properties of an object that the request names. */
final class ObjectAttributesReport implements Operation {

    private static final String HEADER = "x-amz-object-attributes";
    private static final Set<String> KNOWN = Set.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize");

    private final Files files;

    ObjectAttributesReport(Files files) {
        this.files = files;
    }

    @Override
    public void perform(S3Call call) throws IOException {
        ObjectVersions.check(call);
        Set<String> names = Arrays.stream(
                        String.join(",", call.headers().all(HEADER)).split(",", -1))
                .map(String::strip)
                .collect(Collectors.toSet());
        if (!KNOWN.containsAll(names)) {
            throw S3ErrorException.invalidArgument(
                    HEADER, String.join(",", names), "Invalid attribute name specified.");
        }
        ObjectInfo info = files.stat(call.caller(), call.key())
                .orElseThrow(() -> NotFound.file(call.key().value()));
        call.reply().header("Last-Modified", HttpTime.header(info.lastModified()));
        call.reply().xml(200, "GetObjectAttributesResponse", document -> {
            if (names.contains("ETag")) {
                document.text("ETag", info.etag().value());
            }
            if (names.contains("StorageClass")) {
                document.text("StorageClass", "STANDARD");
            }
            if (names.contains("ObjectSize")) {
                document.text("ObjectSize", info.size());
            }
        });
    }
}
