package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.config.Secret;
import dev.stowage.testkit.InMemoryStorage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /api/v1/me}, {@code /api/v1/keys}, {@code /api/v1/usage} and {@code /api/v1/info}. */
final class AccountsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEYS = "/api/v1/keys";
    private static final Instant EXPIRY = Instant.parse("2026-01-01T00:00:00Z");

    private final RunningService service = RunningService.guarded(new InMemoryStorage(), AccountsTest::authenticate);

    /** {@code root} has everything, {@code admin} all actions on p1 but delete, {@code user} all on p1 but admin. */
    private static Optional<Principal> authenticate(Secret credential) {
        return switch (credential.value()) {
            case "root" -> Optional.of(Principal.of("key:root", "root", Rights.ALL));
            case "admin" ->
                Optional.of(
                        Principal.of("jwt:auth0|7", "Ada", onP1(Action.DELETE)).until(Optional.of(EXPIRY)));
            case "user" -> Optional.of(Principal.of("key:user", "user", onP1(Action.ADMIN)));
            default -> Optional.empty();
        };
    }

    private static Rights onP1(Action without) {
        return new Rights(Set.of(new Scope.Project("p1")), EnumSet.complementOf(EnumSet.of(without)));
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void me_saysWhoTheCallerIs_andWhatItMayDo() throws IOException {
        JsonNode key = json(as("root", Attempt.of("GET", "/api/v1/me")));
        JsonNode token = json(as("admin", Attempt.of("GET", "/api/v1/me")));

        assertThat(key.toString())
                .isEqualTo(
                        "{\"id\":\"root\",\"kind\":\"key\",\"name\":\"root\",\"actions\":[\"read\",\"write\",\"delete\","
                                + "\"jobs\",\"webhooks\",\"metrics\",\"admin\"],\"projects\":[],\"prefixes\":[\"\"],\"expires_at\":null}");
        assertThat(token.toString())
                .isEqualTo(
                        "{\"id\":\"auth0|7\",\"kind\":\"token\",\"name\":\"Ada\",\"actions\":[\"read\",\"write\",\"jobs\","
                                + "\"webhooks\",\"metrics\",\"admin\"],\"projects\":[\"p1\"],\"prefixes\":[],\"expires_at\":\"2026-01-01T00:00:00Z\"}");
    }

    @Test
    void anonymousCaller_mayDoEverything_keysIncluded() throws IOException {
        try (RunningService open = RunningService.over(new InMemoryStorage())) {
            JsonNode me = json(open.get("/api/v1/me"));
            HttpResponse<byte[]> made = open.postJson(KEYS, "{\"name\": \"first\", \"prefixes\": [\"\"]}");

            assertThat(me.path("kind").asText()).isEqualTo("anonymous");
            assertThat(me.path("id").isNull()).isTrue();
            assertThat(me.path("prefixes").toString()).isEqualTo("[\"\"]");
            assertThat(made.statusCode()).isEqualTo(201);
        }
    }

    @Test
    void create_showsTheKeyOnce() throws IOException {
        HttpResponse<byte[]> made = as(
                "admin",
                Attempt.json(
                        "POST",
                        KEYS,
                        "{'name': 'ci', 'actions': ['read'], 'projects': ['p1'], 'prefixes': ['raw/p1/x/'], 'expires_in': 60}"));
        JsonNode key = json(made);
        String id = key.path("id").asText();
        HttpResponse<byte[]> shown = as("admin", Attempt.of("GET", KEYS + "/" + id));

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).contains(KEYS + "/" + id);
        assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(key.path("key").asText()).matches("stw_" + id + "_[a-z2-7]{52}");
        assertThat(key.path("expires_at").asText()).isEqualTo("2025-11-30T12:01:00Z");
        assertThat(RunningService.text(shown))
                .isEqualTo("{\"id\":\"" + id + "\",\"name\":\"ci\",\"state\":\"active\",\"actions\":[\"read\"],"
                        + "\"projects\":[\"p1\"],\"prefixes\":[\"raw/p1/x/\"],\"created_at\":\"2025-11-30T12:00:00Z\","
                        + "\"expires_at\":\"2025-11-30T12:01:00Z\",\"revoked_at\":null,\"used_at\":null,\"s3\":false}");
        assertThat(key.path("access_key_id").isNull()).isTrue();
    }

    @Test
    void s3KeyPair_isShownWhenTheKeyIsCreatedOrRotated_only() throws IOException {
        JsonNode made = json(as(
                "admin",
                Attempt.json("POST", KEYS, "{'name': 'ci', 'actions': ['read'], 'projects': ['p1'], 's3': true}")));
        String id = made.path("id").asText();
        JsonNode rotated = json(as("admin", Attempt.of("POST", KEYS + "/" + id + "/rotate")));
        JsonNode shown = json(as("admin", Attempt.of("GET", KEYS + "/" + id)));

        assertThat(made.path("access_key_id").asText()).isEqualTo(id);
        assertThat(made.path("secret_access_key").asText()).matches("[0-9a-f]{40}");
        assertThat(rotated.path("access_key_id").asText()).isEqualTo(id);
        assertThat(rotated.path("secret_access_key").asText())
                .matches("[0-9a-f]{40}")
                .isNotEqualTo(made.path("secret_access_key").asText());
        assertThat(shown.path("s3").asBoolean()).isTrue();
        assertThat(shown.has("secret_access_key")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'prefixes': ['']",
                "'projects': ['p2']",
                "'projects': ['p1', 'p2']",
                "'prefixes': ['raw/']",
                "'prefixes': ['raw/p']",
                "'prefixes': ['raw/p1']",
                "'prefixes': ['raw/p10/']",
                "'projects': ['p1'], 'actions': ['read', 'delete']",
                "'projects': ['p1'], 'actions': ['delete']"
            })
    void nobodyGrantsMoreThanTheyHave(String rights) throws IOException {
        String actions = rights.contains("actions") ? "" : ", 'actions': ['read']";

        HttpResponse<byte[]> answer =
                as("admin", Attempt.json("POST", KEYS, "{'name': 'x', " + rights + actions + "}"));

        assertThat(answer.statusCode()).as(RunningService.text(answer)).isEqualTo(403);
        assertThat(json(as("root", Attempt.of("GET", KEYS))).path("keys")).isEmpty();
    }

    @Test
    void keysWithFurtherRights_doNotExistForAnAdmin() throws IOException {
        for (String rights : new String[] {
            "'prefixes': ['']", "'projects': ['p2']", "'projects': ['p1'], 'actions': ['read', 'delete']"
        }) {
            String id = create("root", rights);
            for (Attempt attempt : new Attempt[] {
                Attempt.of("GET", KEYS + "/" + id),
                Attempt.of("DELETE", KEYS + "/" + id),
                Attempt.of("POST", KEYS + "/" + id + "/rotate")
            }) {
                HttpResponse<byte[]> answer = as("admin", attempt);
                assertThat(answer.statusCode()).as(attempt.toString()).isEqualTo(404);
                assertThat(json(answer).path("error").asText()).isEqualTo("NotFound");
            }
            assertThat(json(as("admin", Attempt.of("GET", KEYS))).path("keys")).isEmpty();
            assertThat(json(as("root", Attempt.of("GET", KEYS + "/" + id)))
                            .path("state")
                            .asText())
                    .isEqualTo("active");
        }
    }

    @Test
    void withoutTheAction_nothingIsShownOrDone() throws IOException {
        String id = create("admin", "'projects': ['p1'], 'actions': ['read']");

        for (Attempt attempt : new Attempt[] {
            Attempt.of("GET", KEYS),
            Attempt.of("GET", KEYS + "/" + id),
            Attempt.of("DELETE", KEYS + "/" + id),
            Attempt.of("POST", KEYS + "/" + id + "/rotate"),
            Attempt.json("POST", KEYS, "{'name': 'x', 'projects': ['p1'], 'actions': ['read']}")
        }) {
            assertThat(as("user", attempt).statusCode()).as(attempt.toString()).isEqualTo(403);
        }
    }

    @Test
    void rotate_keepsTheId_andIsRefusedOnceTheKeyIsRevoked() throws IOException {
        String id = create("admin", "'projects': ['p1'], 'actions': ['read']");
        String rotate = KEYS + "/" + id + "/rotate";

        HttpResponse<byte[]> plain = as("admin", Attempt.of("POST", rotate));
        HttpResponse<byte[]> overlapping = as("admin", Attempt.json("POST", rotate, "{'overlap': 3600}"));
        int[] revoked = {
            as("admin", Attempt.of("DELETE", KEYS + "/" + id)).statusCode(),
            as("admin", Attempt.of("DELETE", KEYS + "/" + id)).statusCode()
        };
        HttpResponse<byte[]> tooLate = as("admin", Attempt.of("POST", rotate));

        assertThat(json(plain).path("key").asText()).startsWith("stw_" + id + "_");
        assertThat(plain.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(json(overlapping).path("key").asText())
                .startsWith("stw_" + id + "_")
                .isNotEqualTo(json(plain).path("key").asText());
        assertThat(revoked).containsExactly(204, 204);
        assertThat(tooLate.statusCode()).isEqualTo(409);
        assertThat(json(as("admin", Attempt.of("GET", KEYS + "/" + id)))
                        .path("state")
                        .asText())
                .isEqualTo("revoked");
    }

    @Test
    void list_isPaged() throws IOException {
        for (int i = 0; i < 3; i++) {
            String unused = create("root", "'projects': ['p1']");
        }

        JsonNode first = json(as("root", Attempt.of("GET", KEYS + "?limit=2")));
        JsonNode last = json(as(
                "root",
                Attempt.of(
                        "GET",
                        KEYS + "?limit=2&cursor=" + first.path("next_cursor").asText())));

        assertThat(first.path("keys")).hasSize(2);
        assertThat(last.path("keys")).hasSize(1);
        assertThat(last.path("next_cursor").isNull()).isTrue();
        for (String wrong : new String[] {"limit=0", "limit=1001", "limit=x", "cursor=none"}) {
            assertThat(as("root", Attempt.of("GET", KEYS + "?" + wrong)).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'projects': ['p1']} | name",
                "{'name': 'x', 'projects': ['p1'], 'actions': ['fly']} | actions",
                "{'name': 'x', 'projects': ['../p']} | projects",
                "{'name': 'x', 'projects': [null]} | projects",
                "{'name': 'x', 'projects': 'p1'} | projects",
                "{'name': 'x', 'prefixes': ['raw/../']} | ``",
                "{'name': 'x'} | projects",
                "{'name': 'x', 'projects': ['p1'], 'actions': []} | actions",
                "{'name': '', 'projects': ['p1']} | name",
                "{'name': 'x', 'projects': ['p1'], 'expires_in': 0} | expires_in",
                "{'name': 'x', 'projects': ['p1'], 'expires_in': 9223372036854775807} | expires_in",
                "{'name': 'x', 'projects': ['p1'], 'admin': true} | admin"
            })
    void invalidKey_isRefused(String body, String field) throws IOException {
        HttpResponse<byte[]> answer = as("root", Attempt.json("POST", KEYS, body));

        assertThat(answer.statusCode()).as(RunningService.text(answer)).isEqualTo(400);
        if (!field.isEmpty()) {
            assertThat(json(answer).path("detail").path("field").asText()).startsWith(field);
        }
        assertThat(json(answer).path("error").asText().equals("InvalidExpiry")).isEqualTo(field.equals("expires_in"));
    }

    @Test
    void info_isPublic_andNamesNothingThatIsNot() throws IOException {
        HttpResponse<byte[]> answer = service.get("/api/v1/info");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(RunningService.text(answer))
                .isEqualTo(
                        "{\"version\":\"1.2.3-test\",\"layout\":\"{stage=raw|processed}/{project_id}/{filename**}\","
                                + "\"store\":\"memory\",\"max_file_size\":1048576,\"features\":[\"authentication\",\"presigned_urls\",\"links\",\"import\",\"console\"]}");
    }

    @Test
    void usage_withoutQuotas_isNotCounted() throws IOException {
        assertThat(RunningService.text(as("user", Attempt.of("GET", "/api/v1/usage"))))
                .isEqualTo("{\"projects\":[],\"complete\":false,\"next_cursor\":null}");
        assertThat(as("user", Attempt.of("GET", "/api/v1/usage?limit=0")).statusCode())
                .isEqualTo(400);
    }

    private String create(String who, String rights) throws IOException {
        HttpResponse<byte[]> made = as(who, Attempt.json("POST", KEYS, "{'name': 'x', " + rights + "}"));
        assertThat(made.statusCode()).as(RunningService.text(made)).isEqualTo(201);
        return json(made).path("id").asText();
    }

    private HttpResponse<byte[]> as(String who, Attempt attempt) {
        return service.send(attempt.request(service).header("Authorization", "Bearer " + who));
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return JSON.readTree(response.body());
    }
}
