package dev.stowage.local.url;

import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.port.UrlGrant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Encodes a grant in a URL: as a method, and parameters for its limits. */
final class GrantQuery {

    private static final String CONTENT_TYPE = "content_type";
    private static final String DISPOSITION = "disposition";
    private static final String UPLOAD_ID = "upload_id";
    private static final String PART_NUMBER = "part_number";

    private GrantQuery() {}

    static String method(UrlGrant grant) {
        return grant instanceof UrlGrant.Download ? "GET" : "PUT";
    }

    static SortedMap<String, String> parameters(UrlGrant grant) {
        SortedMap<String, String> parameters = new TreeMap<>();
        if (grant instanceof UrlGrant.Upload upload) {
            upload.contentType().ifPresent(type -> parameters.put(CONTENT_TYPE, type.value()));
        } else if (grant instanceof UrlGrant.Download download) {
            download.contentDisposition().ifPresent(disposition -> parameters.put(DISPOSITION, disposition));
        } else if (grant instanceof UrlGrant.UploadPart part) {
            parameters.put(UPLOAD_ID, part.upload().value());
            parameters.put(PART_NUMBER, part.number().toString());
        }
        return parameters;
    }

    /** Decodes a grant whose signature is valid, and which is therefore well-formed. */
    static UrlGrant grant(String method, ObjectKey key, Map<String, String> parameters) {
        if (method.equals("GET")) {
            return new UrlGrant.Download(key, Optional.ofNullable(parameters.get(DISPOSITION)));
        }
        String upload = parameters.get(UPLOAD_ID);
        String number = parameters.get(PART_NUMBER);
        if (upload != null && number != null) {
            return new UrlGrant.UploadPart(key, new UploadId(upload), new PartNumber(Integer.parseInt(number)));
        }
        return new UrlGrant.Upload(
                key, Optional.ofNullable(parameters.get(CONTENT_TYPE)).map(ContentType::new));
    }
}
