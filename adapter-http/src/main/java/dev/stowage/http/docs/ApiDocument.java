package dev.stowage.http.docs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.http.conditional.ContentEtag;
import dev.stowage.http.exchange.Resources;
import dev.stowage.http.route.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

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
        return new ApiDocument(json, ContentEtag.of(json).quoted());
    }
}
