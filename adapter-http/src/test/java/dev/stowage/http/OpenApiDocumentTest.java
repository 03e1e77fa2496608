package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stowage.core.access.AccessPolicy;
import dev.stowage.core.access.AuditLog;
import dev.stowage.core.batch.JobOperations;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.http.route.RouteBody;
import dev.stowage.http.route.RouteConditions;
import dev.stowage.http.route.Routes;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The served document is complete, consistent, and matches the routes. */
final class OpenApiDocumentTest {

    /** The pages for browsers. */
    private static final Set<String> PAGES = Set.of(
            "get /docs",
            "get /redoc",
            "get /docs/assets/{name}",
            "get /",
            "get /console",
            "get /console/",
            "get /console/assets/{name}",
            "get /console/assets/{folder}/{name}");

    /** Every request to the API can return these. */
    private static final List<String> API_ERRORS = List.of("400", "500", "502", "503");

    /** They report failures of the store for each item. */
    private static final Set<String> BATCHES = Set.of("/api/v1/s3/upload/batch");

    /** The public routes. */
    private static final Set<String> PUBLIC = Set.of("/healthz", "/readyz", "/openapi.json", "/api/v1/info");

    /** They need no body. */
    private static final Pattern BODILESS = Pattern.compile(
            "/api/v1/jobs/\\{id}/(cancel|pause|resume|retry)|/api/v1/webhooks/\\{id}/(test|deliveries/\\{number}/redeliver)");

    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");

    private static final Routes ROUTES = RecordedRoutes.declared();

    private static JsonNode document = new JsonMapper().createObjectNode();

    record Operation(String method, String path, JsonNode node) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @BeforeAll
    static void read() throws IOException {
        try (RunningService service = RunningService.over(new InMemoryStorage())) {
            document = new JsonMapper().readTree(service.get("/openapi.json").body());
        }
    }

    static List<Operation> operations() throws IOException {
        if (document.isEmpty()) {
            read();
        }
        List<Operation> operations = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method ->
                                operations.add(new Operation(method.getKey(), path.getKey(), method.getValue()))));
        return operations;
    }

    @Test
    void document_sayWhatItIsAbout() {
        assertThat(document.get("openapi").asText()).startsWith("3.0.");
        assertThat(document.at("/info/title").asText()).isEqualTo("Stowage");
        assertThat(document.at("/info/version").asText()).isEqualTo("1.2.3-test");
        assertThat(document.at("/info/description").asText()).isNotEmpty();
        assertThat(document.at("/servers/0/url").asText()).isEqualTo("/");
    }

    @Test
    void document_hasExactlyTheRoutes() throws IOException {
        Set<String> documented = new TreeSet<>();
        operations().forEach(operation -> documented.add(operation.toString()));
        Set<String> registered = new TreeSet<>(RecordedRoutes.operations());
        registered.removeAll(PAGES);
        // HEAD belongs to GET (RFC 9110, section 9.3.2) and need not be documented.
        registered.removeIf(route -> route.startsWith("head ")
                && !documented.contains(route)
                && RecordedRoutes.operations().contains("get" + route.substring(4)));
        assertThat(documented).isEqualTo(registered);
    }

    @Test
    void operationIds_areUnique_andNotMadeOfPaths() throws IOException {
        assertThat(operations())
                .extracting(operation -> operation.node().path("operationId").asText())
                .doesNotContain("")
                .doesNotHaveDuplicates()
                .noneMatch(id -> id.contains("ApiV1"));
    }

    @Test
    void contentTypes_areThoseThatGeneratorsOfClientsKnow() throws IOException {
        String overrides = Files.readString(Path.of("../clients/python/config.yaml"));
        Set<String> types = new TreeSet<>();
        document.findValues("content").forEach(content -> content.fieldNames().forEachRemaining(types::add));

        types.removeIf(type -> type.startsWith("text/") || overrides.contains("  " + type + ": "));

        assertThat(types)
                .containsExactlyInAnyOrder(
                        "application/json",
                        "application/octet-stream",
                        "application/problem+json",
                        "application/x-www-form-urlencoded",
                        "multipart/form-data");
    }

    @Test
    void references_resolve_andEverySchemaIsReferred() {
        Set<String> references = new HashSet<>();
        document.findValuesAsText("$ref").forEach(references::add);
        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
        document.at("/components/schemas")
                .fieldNames()
                .forEachRemaining(name -> assertThat(references).contains("#/components/schemas/" + name));
    }

    @Test
    void schemaProperties_areExplained_withExamplesOfTheirType() {
        document.at("/components/schemas")
                .properties()
                .forEach(schema -> schema.getValue()
                        .path("properties")
                        .properties()
                        .forEach(property -> {
                            String name = schema.getKey() + "." + property.getKey();
                            JsonNode node = property.getValue();
                            // The JSON for Uppy has the names of S3.
                            assertThat(property.getKey())
                                    .as(name)
                                    .matches(name.startsWith("Companion") ? "[A-Za-z0-9]+" : "[a-z0-9_]+");
                            boolean explained = node.has("description")
                                    || node.has("example")
                                    || node.toString().contains("$ref");
                            assertThat(explained).as(name).isTrue();
                            assertExampleFits(name, node);
                        }));
    }

    @Test
    void referenceThatMayBeNull_saysSo() {
        JsonNode data = document.at("/components/schemas/BatchUploadItem/properties/data");
        assertThat(data.path("nullable").asBoolean()).isTrue();
        assertThat(data.at("/allOf/0/$ref").asText()).endsWith("/StoredFile");
        assertThat(data.has("$ref")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_isDescribed(Operation operation) {
        JsonNode node = operation.node();
        assertThat(node.path("summary").asText()).isNotEmpty();
        assertThat(document.get("tags").findValuesAsText("name"))
                .contains(node.at("/tags/0").asText("none"));
        Set<String> inPath = new HashSet<>();
        for (JsonNode parameter : node.path("parameters")) {
            String name = parameter.get("name").asText();
            assertThat(parameter.path("description").asText()).as(name).isNotEmpty();
            assertThat(parameter.at("/schema/type").asText()).as(name).isNotEmpty();
            assertThat(parameter.at("/schema/example").isMissingNode()).as(name).isFalse();
            assertExampleFits(name, parameter.get("schema"));
            if (parameter.get("in").asText().equals("path")) {
                assertThat(parameter.path("required").asBoolean()).as(name).isTrue();
                inPath.add(name);
            }
        }
        Matcher templates = PATH_PARAMETER.matcher(operation.path());
        assertThat(inPath)
                .isEqualTo(templates.results().map(match -> match.group(1)).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_tellsItsAnswers(Operation operation) {
        Set<String> statuses = new TreeSet<>();
        operation.node().get("responses").properties().forEach(response -> {
            String status = response.getKey();
            statuses.add(status);
            assertThat(response.getValue().path("description").asText())
                    .as(status)
                    .isNotEmpty();
            boolean bodiless = operation.method().equals("head") || isBodiless(operation, status);
            JsonNode content = response.getValue().path("content");
            assertThat(content.isEmpty()).as(status + " has a body").isEqualTo(bodiless);
            content.forEach(media ->
                    assertThat(hasExample(media)).as(status + " has an example").isTrue());
        });
        assertThat(statuses).anyMatch(status -> status.startsWith("2") || status.equals("303"));
        if (operation.path().startsWith("/api/") && !operation.method().equals("options")) {
            assertThat(statuses)
                    .containsAll(BATCHES.contains(operation.path()) ? List.of("400", "500", "503") : API_ERRORS);
            assertThat(operation.node().at("/responses/503/headers/Retry-After").isMissingNode())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_tellsWhomItIsFor_andWhatTheyAreHeldTo(Operation operation) {
        JsonNode responses = operation.node().get("responses");
        if (PUBLIC.contains(operation.path()) || operation.method().equals("options")) {
            assertThat(operation.node().path("security")).isEmpty();
            // No credential is needed, but below the API one that is not valid is refused.
            assertThat(responses.has("401")).isEqualTo(operation.path().equals("/api/v1/info"));
            assertThat(responses.has("429")).isFalse();
            return;
        }
        assertThat(responses.at("/429/headers/Retry-After").isMissingNode()).isFalse();
        assertThat(responses.at("/429/headers/RateLimit").isMissingNode()).isFalse();
        assertThat(responses.has("403")).isTrue();
        boolean signed = operation.path().startsWith("/api/v1/signed/")
                || operation.path().equals("/api/v1/archives")
                || operation.path().startsWith("/s/");
        // Links may have passwords.
        assertThat(responses.has("401")).isEqualTo(!signed || operation.path().startsWith("/s/"));
        assertThat(operation.node().path("security").toString())
                .isEqualTo(signed ? "[]" : "[{\"bearer\":[]},{\"apiKey\":[]}]");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_tellsTheConditionsThatItsRouteHonors_andHowTheyFail(Operation operation) {
        List<String> honored = ROUTES.find(operation.method(), operation.path())
                .orElseThrow()
                .conditions()
                .honored();
        List<String> told = new ArrayList<>();
        operation.node().path("parameters").forEach(parameter -> {
            if (RouteConditions.FIELDS.contains(parameter.get("name").asText())) {
                assertThat(parameter.get("in").asText()).isEqualTo("header");
                told.add(parameter.get("name").asText());
            }
        });
        assertThat(told).containsExactlyInAnyOrderElementsOf(honored);
        JsonNode responses = operation.node().get("responses");
        boolean read = operation.method().equals("get") || operation.method().equals("head");
        assertThat(responses.has("304")).isEqualTo(read && !honored.isEmpty());
        if (!operation.path().startsWith(Routes.TUS)) {
            boolean refused = !honored.isEmpty() && !BATCHES.contains(operation.path());
            assertThat(responses.has("412")).isEqualTo(refused);
        }
    }

    @Test
    void jobOperations_areNamedInTheDocument_andInTheGuide() throws IOException {
        String description = document.at("/components/schemas/JobRequest/properties/operation/description")
                .asText();
        String guide = Files.readString(Path.of("../docs/batch-jobs.md"));
        KeyLayout layout = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);
        List<String> names = new JobOperations(
                        new InMemoryStorage().objects(), layout, new AccessPolicy(layout, AuditLog.NONE))
                .names();

        assertThat(List.of(description.replace("One of ", "").split(", "))).containsExactlyInAnyOrderElementsOf(names);
        assertThat(names).allSatisfy(name -> assertThat(guide).contains("| `" + name + "` |"));
    }

    @Test
    void securitySchemes_areThoseOfTheService() {
        assertThat(document.at("/components/securitySchemes/bearer/scheme").asText())
                .isEqualTo("bearer");
        assertThat(document.at("/components/securitySchemes/apiKey/name").asText())
                .isEqualTo("X-API-Key");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_tellsItsBody(Operation operation) {
        JsonNode body = operation.node().path("requestBody");
        boolean takesOne = operation.method().equals("put")
                || operation.method().equals("patch")
                || (operation.method().equals("post")
                        && !BODILESS.matcher(operation.path()).matches());
        assertThat(body.path("content").isEmpty()).isEqualTo(!takesOne);
        RouteBody declared =
                ROUTES.find(operation.method(), operation.path()).orElseThrow().body();
        assertThat(declared != RouteBody.NONE).isEqualTo(takesOne);
        body.path("content")
                .forEach(media ->
                        assertThat(hasExample(media)).as(media.toString()).isTrue());
    }

    private static boolean isBodiless(Operation operation, String status) {
        boolean signedPut = operation.toString().equals("put /api/v1/signed/{key}") && status.equals("200");
        boolean tusCreated = operation.toString().equals("post /api/v1/tus") && status.equals("201");
        return signedPut || tusCreated || Set.of("204", "303", "304", "307").contains(status);
    }

    /** Whether there is an example, or a schema whose properties have examples; binary content needs none. */
    private static boolean hasExample(JsonNode media) {
        JsonNode schema = resolve(media.path("schema"));
        if (media.has("example") || schema.path("format").asText().equals("binary")) {
            return !schema.isEmpty();
        }
        boolean any = false;
        for (JsonNode property : schema.path("properties")) {
            any |= property.has("example") || property.findValue("$ref") != null;
        }
        return any;
    }

    private static JsonNode resolve(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    private static void assertExampleFits(String name, JsonNode schema) {
        JsonNode example = schema.path("example");
        if (!example.isMissingNode()) {
            boolean fits = switch (schema.path("type").asText()) {
                case "string" -> example.isTextual();
                case "integer" -> example.isIntegralNumber();
                case "number" -> example.isNumber();
                case "boolean" -> example.isBoolean();
                case "array" -> example.isArray();
                default -> example.isObject();
            };
            assertThat(fits).as(name + ": " + example).isTrue();
        }
    }
}
