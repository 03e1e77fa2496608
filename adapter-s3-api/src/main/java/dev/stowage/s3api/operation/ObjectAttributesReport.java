package dev.stowage.s3api.operation;

import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.Files;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.ObjectRecord;
import dev.stowage.s3api.checksum.ObjectChecksum;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.request.HttpTime;
import dev.stowage.s3api.xml.XmlDocument;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** GetObjectAttributes: what is recorded about an object, without its metadata. */
final class ObjectAttributesReport implements Operation {

    private static final String ATTRIBUTES = "x-amz-object-attributes";
    private static final String MAX_PARTS = "x-amz-max-parts";
    private static final String MARKER = "x-amz-part-number-marker";
    private static final Set<String> KNOWN = Set.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize");

    private final Files files;

    ObjectAttributesReport(Files files) {
        this.files = files;
    }

    @Override
    public void perform(S3Call call) throws IOException {
        ObjectVersions.check(call);
        Set<String> wanted = wanted(call);
        ObjectRecord recorded = files.inspect(call.caller(), call.key())
                .orElseThrow(() -> NotFound.file(call.key().value()));
        ObjectInfo info = recorded.info();
        if (!ObjectConditions.of(call.headers(), "").proceed(info)) {
            ObjectHeaders.version(call.reply(), info);
            call.reply().empty(304);
            return;
        }
        call.reply().header("Last-Modified", HttpTime.header(info.lastModified()));
        int max = number(call, MAX_PARTS, 1000);
        int marker = number(call, MARKER, 0);
        call.reply().xml(200, "GetObjectAttributesResponse", document -> {
            if (wanted.contains("ETag")) {
                document.text("ETag", info.etag().value());
            }
            if (wanted.contains("Checksum")) {
                ObjectChecksum.of(recorded)
                        .ifPresent(
                                sum -> document.element("Checksum", element -> ChecksumElements.write(element, sum)));
            }
            if (wanted.contains("ObjectParts") && !recorded.partSizes().isEmpty()) {
                document.element("ObjectParts", parts -> writeParts(parts, recorded, marker, max));
            }
            if (wanted.contains("StorageClass")) {
                document.text("StorageClass", "STANDARD");
            }
            if (wanted.contains("ObjectSize")) {
                document.text("ObjectSize", info.size());
            }
        });
    }

    private static void writeParts(XmlDocument document, ObjectRecord recorded, int marker, int max) {
        List<Long> sizes = recorded.partSizes();
        int from = Math.min(marker, sizes.size());
        int to = (int) Math.min((long) from + max, sizes.size());
        document.text("PartsCount", sizes.size())
                .text("PartNumberMarker", marker)
                .text("NextPartNumberMarker", to)
                .text("MaxParts", max)
                .text("IsTruncated", to < sizes.size());
        for (int i = from; i < to; i++) {
            int part = i;
            document.element("Part", element -> {
                element.text("PartNumber", part + 1L).text("Size", sizes.get(part));
                if (!recorded.partChecksums().isEmpty()) {
                    ChecksumElements.write(element, recorded.partChecksums().get(part));
                }
            });
        }
    }

    private static Set<String> wanted(S3Call call) {
        Set<String> wanted = new TreeSet<>();
        for (String lines : call.headers().all(ATTRIBUTES)) {
            Arrays.stream(lines.split(",", -1)).map(String::strip).forEach(wanted::add);
        }
        if (wanted.isEmpty() || !KNOWN.containsAll(wanted)) {
            throw S3ErrorException.invalidArgument(
                    ATTRIBUTES,
                    String.join(",", wanted),
                    "Name attributes of ETag, Checksum, ObjectParts, StorageClass and ObjectSize");
        }
        return wanted;
    }

    private static int number(S3Call call, String name, int fallback) {
        return call.headers()
                .get(name)
                .map(text -> ListParameters.number(name, text.strip()))
                .orElse(fallback);
    }
}
