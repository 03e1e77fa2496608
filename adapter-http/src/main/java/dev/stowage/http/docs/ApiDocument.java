package dev.stowage.http.docs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.http.exchange.Resources;
import dev.stowage.http.route.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The OpenAPI document, in the form in which it is sent.
 *
 * @param json in UTF-8; must not be modified
 * @param etag quoted, for conditional requests
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ApiDocument(byte[] json, String etag) {

    /** The document that the annotation processor generates when this module is compiled. */
    private static final String GENERATED = "openapi-plugin/openapi-default.json";

    private static final int ETAG_LENGTH = 32;

    /**
     * Reads the generated document and completes it.
     *
     * @param version of the service
     * @param prefix the path under which a proxy exposes the service; may be empty
     * @param routes all registered routes
     * @throws IOException when it is missing or can't be read, which only a broken build causes
     */
    static ApiDocument load(String version, String prefix, Routes routes) throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode document = (ObjectNode) mapper.readTree(Resources.read(GENERATED));
        String description = new String(Resources.read(DocsRoutes.HERE + "description.md"), StandardCharsets.UTF_8);
        new DocumentCompletion(mapper, routes).complete(document, version, description.strip());
        ((ObjectNode) document.path("servers").path(0)).put("url", prefix.isEmpty() ? "/" : prefix);
        byte[] json = mapper.writeValueAsBytes(document);
        return new ApiDocument(json, '"' + digest(json) + '"');
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash).substring(0, ETAG_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
