package dev.stowage.http.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Route;
import dev.stowage.http.route.Routes;
import java.util.Map;

/** Adds what annotations can't express, and corrects what their processor gets wrong. */
final class DocumentCompletion {

    private static final Map<String, String> TAGS = Map.of(
            ApiDoc.FILES, "Upload, download, list, copy, move and delete",
            ApiDoc.MULTIPART, "Large files in parts, in any order and in parallel",
            ApiDoc.RESUMABLE, "Uploads that resume at the byte where they were interrupted",
            ApiDoc.PRESIGNED, "URLs that need no credentials and expire",
            ApiDoc.EVENTS, "What has happened to files, uploads and jobs",
            ApiDoc.JOBS, "One operation on thousands to millions of files, run in the background",
            ApiDoc.LINKS, "URLs of files and folders for people without credentials, with limits",
            ApiDoc.ACCOUNTS, "Who the caller is, API keys, and what projects use",
            ApiDoc.OPERATIONS, "For operators of the service");

    /**
     * The ids of operations that share an annotation, by those that the processor makes of their paths. Generators of clients make names of
     * them.
     */
    private static final Map<String, String> OPERATION_IDS = Map.ofEntries(
            Map.entry("getApiV1S3DownloadByKey", "downloadFile"),
            Map.entry("headApiV1S3DownloadByKey", "downloadFileHead"),
            Map.entry("getApiV1S3Archive", "downloadArchive"),
            Map.entry("headApiV1S3Archive", "downloadArchiveHead"),
            Map.entry("getApiV1Archives", "downloadSignedArchive"),
            Map.entry("headApiV1Archives", "downloadSignedArchiveHead"),
            Map.entry("getApiV1SignedByKey", "downloadSigned"),
            Map.entry("headApiV1SignedByKey", "downloadSignedHead"),
            Map.entry("postApiV1Resumable", "resumableCreate"),
            Map.entry("putApiV1Resumable", "resumableCreatePut"),
            Map.entry("getSByToken", "openLink"),
            Map.entry("headSByToken", "openLinkHead"),
            Map.entry("getSByTokenByKey", "openLinkFile"),
            Map.entry("headSByTokenByKey", "openLinkFileHead"));

    private final JsonMapper mapper;
    private final Routes routes;

    DocumentCompletion(JsonMapper mapper, Routes routes) {
        this.mapper = mapper;
        this.routes = routes;
    }

    void complete(ObjectNode document, String version, String description) {
        ObjectNode info = document.putObject("info");
        info.put("title", "Stowage").put("version", version).put("description", description);
        info.putObject("license").put("name", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/").put("description", "This service");
        ArrayNode tags = document.putArray("tags");
        TAGS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(tag -> tags.addObject().put("name", tag.getKey()).put("description", tag.getValue()));
        document.putArray("security");
        document.withObject("/components/headers/RequestId")
                .put("description", "The request's X-Request-Id if that is valid, otherwise a generated one")
                .putObject("schema")
                .put("type", "string");
        RouteCompletion.addComponents(document);
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> completeOperation(
                                operation.getKey(), path.getKey(), (ObjectNode) operation.getValue())));
        document.findValues("responses")
                .forEach(responses -> responses.forEach(response ->
                        response.withObject("/headers/X-Request-Id").put("$ref", "#/components/headers/RequestId")));
        document.path("paths")
                .forEach(path -> path.path("head").path("responses").forEach(DocumentCompletion::strip));
        document.at("/components/schemas")
                .forEach(schema -> schema.path("properties").forEach(DocumentCompletion::wrap));
        RequiredMembers.mark(document);
        document.findParents("example").forEach(this::typeExample);
        document.findParents("additionalProperties").forEach(DocumentCompletion::openMap);
    }

    private void completeOperation(String method, String path, ObjectNode operation) {
        Route route = routes.find(method, path)
                .orElseThrow(() -> new IllegalStateException("no route for " + method + " " + path));
        RouteCompletion.complete(operation, method, route);
        String id = operation.path("operationId").asText();
        operation.put("operationId", OPERATION_IDS.getOrDefault(id, id));
        for (JsonNode parameter : operation.path("parameters")) {
            if (!parameter.path("in").asText().equals("query")) {
                ((ObjectNode) parameter).remove("allowEmptyValue");
            }
        }
    }

    /** Removes the body from responses to {@code HEAD} (RFC 9110, section 9.3.2), which shares its annotation with {@code GET}. */
    private static void strip(JsonNode response) {
        ((ObjectNode) response).remove("content");
    }

    /**
     * Moves a {@code $ref} with siblings, which would be ignored (OpenAPI 3.0.3, "Reference Object"), into {@code allOf}. The processor
     * does not mark such properties as nullable, so those of this API have a description, by which they are recognized here.
     */
    private static void wrap(JsonNode property) {
        if (property.has("$ref") && property.size() > 1) {
            ObjectNode owner = (ObjectNode) property;
            JsonNode reference = owner.remove("$ref");
            owner.put("type", "object")
                    .put("nullable", true)
                    .putArray("allOf")
                    .addObject()
                    .set("$ref", reference);
        }
    }

    /** The processor writes every example as a string: examples of numbers, booleans and whole bodies are converted to their types. */
    private void typeExample(JsonNode owner) {
        JsonNode example = owner.get("example");
        String type =
                owner.path("type").asText(owner.path("schema").path("type").asText("object"));
        if (example.isTextual() && !type.equals("string")) {
            try {
                ((ObjectNode) owner).set("example", mapper.readTree(example.textValue()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("not JSON: " + example.textValue(), e);
            }
        }
    }

    /** {@code Map<String, Object>} allows values of any type. */
    private static void openMap(JsonNode schema) {
        JsonNode values = schema.get("additionalProperties");
        if (values.path("type").asText().equals("object") && values.size() == 1) {
            ((ObjectNode) schema).put("additionalProperties", true);
        }
    }
}
