package dev.stowage.testkit;

import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Metadata;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import dev.stowage.core.port.SignedUrl;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlGrant;
import dev.stowage.core.port.UrlVerifier;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Executes signed requests like the service: verifies them with the store's verifier, and performs the permitted operation. */
final class ServiceRequests implements SignedRequests {

    private final Storage storage;

    ServiceRequests(Storage storage) {
        this.storage = storage;
    }

    @Override
    public Answer put(SignedUrl url, Map<String, String> headers, byte[] body) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(url.headers());
        all.putAll(headers);
        try {
            UrlGrant grant = verify("PUT", url.url());
            if (grant instanceof UrlGrant.UploadPart part) {
                storage.uploads().putPart(part.key(), part.upload(), part.number(), Content.of(body), List.of());
                return answer(200);
            }
            UrlGrant.Upload upload = (UrlGrant.Upload) grant;
            ContentType type = new ContentType(all.getOrDefault("Content-Type", ContentType.OCTET_STREAM.value()));
            if (!upload.contentType().orElse(type).equals(type)) {
                return answer(403);
            }
            storage.objects()
                    .put(upload.key(), Content.of(body), PutOptions.of(new ObjectAttributes(type, Metadata.NONE)));
            return answer(200);
        } catch (AccessDenied e) {
            return answer(403);
        }
    }

    @Override
    public Answer get(SignedUrl url) throws IOException {
        try {
            UrlGrant.Download grant = (UrlGrant.Download) verify("GET", url.url());
            byte[] body =
                    storage.objects().read(grant.key(), ReadOptions.ALL, (info, span, stream) -> stream.readAllBytes());
            return new Answer(200, body, grant.contentDisposition().orElse("attachment"));
        } catch (AccessDenied e) {
            return answer(403);
        } catch (NotFound e) {
            return answer(404);
        }
    }

    private UrlGrant verify(String method, URI url) {
        if (!url.getRawPath().startsWith(UrlVerifier.PATH)) {
            throw new AssertionError("the path of a URL of the service must begin with " + UrlVerifier.PATH);
        }
        String key = decode(url.getRawPath().substring(UrlVerifier.PATH.length()));
        Map<String, String> query = new HashMap<>();
        for (String pair : url.getRawQuery().split("&", -1)) {
            int end = pair.indexOf('=');
            query.putIfAbsent(
                    decode(end < 0 ? pair : pair.substring(0, end)), end < 0 ? "" : decode(pair.substring(end + 1)));
        }
        return storage.verifier().orElseThrow().verify(method, key, query);
    }

    /** Percent-decodes without decoding the plus sign. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Answer answer(int status) {
        return new Answer(status, new byte[0], "");
    }
}
