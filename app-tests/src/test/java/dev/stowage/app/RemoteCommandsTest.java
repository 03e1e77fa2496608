package dev.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stowage.app.remote.RemoteCommands;
import dev.stowage.app.remote.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands that talk to a service, with a service in this process. */
@Timeout(60)
class RemoteCommandsTest {

    @TempDir
    private static Path data;

    private static MemoryService service;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<String, String> variables = new HashMap<>();
    private String input = "";

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        service = MemoryService.start(data, Map.of("IMPORT_SOURCES", "old", "IMPORT_OLD_STORAGE_ADAPTER", "memory"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void put_andGet_ofADirectory_giveTheSameFiles() throws IOException {
        Path photos = Files.createDirectories(folder.resolve("photos/sub"));
        Files.writeString(folder.resolve("photos/a.txt"), "A");
        Files.writeString(photos.resolve("b ü+%.txt"), "B");

        assertThat(run("put", "-r", "photos", "raw/dir/")).isZero();
        assertThat(run("get", "-r", "raw/dir/photos", "copy")).isZero();

        assertThat(folder.resolve("copy/photos/a.txt")).hasContent("A");
        assertThat(folder.resolve("copy/photos/sub/b ü+%.txt")).hasContent("B");
        assertThat(err.toString()).contains("2 files, 2 B in");
        assertThat(folder.resolve("config/stowage/state")).isEmptyDirectory();
    }

    @Test
    void put_withASlash_putsWhatIsInTheDirectory_andPatternsMatch() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/a.csv"), "A");
        Files.writeString(folder.resolve("in/b.txt"), "B");

        assertThat(run("put", "-r", "in/", "raw/slash/")).isZero();
        assertThat(run("put", "in/*.csv", "raw/glob/")).isZero();
        assertThat(run("ls", "raw/slash/")).isZero();
        assertThat(run("ls", "raw/**.csv")).isZero();

        assertThat(out.toString()).contains("raw/slash/a.csv", "raw/slash/b.txt", "raw/glob/a.csv");
    }

    @Test
    void put_withMetadata_isShownByStat() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "A");

        assertThat(run("put", "a.csv", "raw/meta/a.csv", "--meta", "owner=Ada")).isZero();
        assertThat(run("stat", "raw/meta/a.csv", "--json")).isZero();

        assertThat(out.toString())
                .contains("\"content_type\":\"text/csv\"", "\"owner\":\"Ada\"", "\"sha256\":\"559aead0");
    }

    @Test
    void put_withExpiresIn_isShownByStat() throws IOException {
        Files.writeString(folder.resolve("a"), "A");

        assertThat(run("put", "a", "raw/expiring/a", "--expires-in", "7d")).isZero();
        assertThat(run("stat", "raw/expiring/a")).isZero();
        assertThat(run("stat", "raw/expiring/a", "--json")).isZero();

        assertThat(out.toString()).contains("expires: 20", "\"expires_at\":\"20");
    }

    @Test
    void put_withAnInvalidExpiresIn_sendsNothing() throws IOException {
        Files.writeString(folder.resolve("a"), "A");

        assertThat(run("put", "a", "raw/expiring/no", "--expires-in", "soon")).isEqualTo(2);
        assertThat(run("put", "a", "raw/expiring/no", "--expires-in", "10ms")).isEqualTo(2);
        assertThat(run("stat", "raw/expiring/no")).isEqualTo(5);

        assertThat(err.toString()).contains("--expires-in");
    }

    @Test
    void put_ifAbsent_onAnExistingFile_exitsWith6() throws IOException {
        Files.writeString(folder.resolve("a"), "A");

        assertThat(run("put", "a", "raw/absent/a", "--if-absent")).isZero();
        assertThat(run("put", "--restart", "a", "raw/absent/a", "--if-absent")).isEqualTo(6);
    }

    @Test
    void put_repeatedAfterAFailure_skipsWhatWasSent_andSendsWhatChanged() throws IOException {
        Files.createDirectories(folder.resolve("some"));
        Files.writeString(folder.resolve("some/a"), "A");
        Files.writeString(folder.resolve("some/c"), "C");
        Files.createSymbolicLink(folder.resolve("some/broken"), folder.resolve("none"));

        assertThat(run("put", "-r", "some", "raw/again/")).isEqualTo(1);
        Files.delete(folder.resolve("some/broken"));
        Files.writeString(folder.resolve("some/a"), "changed");
        assertThat(run("put", "-r", "some", "raw/again/")).isZero();
        assertThat(run("cat", "raw/again/some/a", "raw/again/some/c")).isZero();

        assertThat(err.toString()).contains("Continuing after an interruption: 2 files", "1 files, 7 B", "1 skipped");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("changedC");
    }

    @Test
    void put_repeatedAfterAFailure_sendsWhatIsGoneOrReplacedInTheService() throws IOException {
        interruptedPut("raw/gone/");
        assertThat(run("rm", "raw/gone/some/a")).isZero();
        input = "other";
        assertThat(run("put", "-", "raw/gone/some/b")).isZero();

        assertThat(run("put", "-r", "some", "raw/gone/", "--dry-run", "--json")).isEqualTo(1);
        Files.delete(folder.resolve("some/broken"));
        assertThat(run("put", "-r", "some", "raw/gone/")).isZero();
        assertThat(run("cat", "raw/gone/some/a", "raw/gone/some/b", "raw/gone/some/c"))
                .isZero();

        assertThat(out.toString()).contains("\"key\":\"raw/gone/some/a\",\"state\":\"planned\"");
        assertThat(out.toString()).contains("\"key\":\"raw/gone/some/c\",\"state\":\"skipped\"");
        assertThat(err.toString()).contains("2 files, 2 B", "1 skipped");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("ABC");
    }

    private void interruptedPut(String target) throws IOException {
        Files.createDirectories(folder.resolve("some"));
        for (String name : List.of("A", "B", "C")) {
            Files.writeString(folder.resolve("some/" + name.toLowerCase(Locale.ROOT)), name);
        }
        Files.createSymbolicLink(folder.resolve("some/broken"), folder.resolve("none"));
        assertThat(run("put", "-r", "some", target)).isEqualTo(1);
    }

    @Test
    void dryRun_changesNothing() throws IOException {
        Files.writeString(folder.resolve("a"), "A");

        assertThat(run("put", "a", "raw/dry/", "--dry-run")).isZero();
        assertThat(run("stat", "raw/dry/a")).isEqualTo(5);

        assertThat(out.toString()).contains("a -> raw/dry/a");
        assertThat(folder.resolve("config/stowage/state")).isEmptyDirectory();
        assertThat(err.toString()).contains("stowage: No file at raw/dry/a");
    }

    @Test
    void standardInputAndOutput_areFiles() {
        input = "from a pipe";

        assertThat(run("put", "-", "raw/pipe/a")).isZero();
        assertThat(run("get", "raw/pipe/a", "-")).isZero();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("from a pipe");
    }

    @Test
    void cp_mv_andRm_workOnKeysAndPrefixes() {
        input = "x";
        run("put", "-", "raw/ops/a");

        assertThat(run("cp", "raw/ops/a", "raw/ops/dir/b")).isZero();
        assertThat(run("cp", "-r", "raw/ops/dir", "raw/ops2/")).isZero();
        assertThat(run("mv", "raw/ops/a", "raw/ops2/")).isZero();
        assertThat(run("mv", "raw/ops2/a", "raw/ops2/dir/b", "--no-overwrite")).isEqualTo(6);
        assertThat(run("ls", "-r", "raw/ops2/", "--json")).isZero();
        assertThat(out.toString()).contains("\"key\":\"raw/ops2/dir/b\"", "\"key\":\"raw/ops2/a\"");
        assertThat(run("rm", "-r", "raw/ops2/", "raw/ops/")).isZero();
        assertThat(run("rm", "raw/ops2/a")).isEqualTo(5);
    }

    @Test
    void links_areCreated_listed_andRevoked() throws IOException {
        input = "A";
        assertThat(run("put", "-", "raw/links/a")).isZero();
        input = "secret\n";
        assertThat(run("links", "create", "raw/links/a", "--max-uses", "2", "--expires", "7d", "--password", "--json"))
                .isZero();
        JsonNode link = new JsonMapper()
                .readTree(out.toString().lines().reduce((one, next) -> next).orElseThrow());
        HttpURLConnection use = (HttpURLConnection)
                URI.create(link.path("url").asText()).toURL().openConnection();
        use.setRequestProperty("Authorization", "Basic OnNlY3JldA==");
        assertThat(use.getInputStream()).hasContent("A");
        String id = link.path("id").asText();

        assertThat(run("links", "create", "raw/links/in/", "--upload", "--max-size", "1MiB", "--quiet"))
                .isZero();
        assertThat(run("links", "ls", "raw/links/a")).isZero();
        assertThat(run("links", "rm", id)).isZero();
        assertThat(run("links", "ls", "--json")).isZero();

        assertThat(out.toString()).contains("/s/", id + "  download  active    1/2 ", "\"max_size\":1048576");
        assertThat(out.toString()).contains("\"id\":\"" + id + "\",\"kind\":\"download\",\"state\":\"revoked\"");
        assertThat(run("links", "rm", "none")).isEqualTo(5);
        assertThat(run("links", "create", "raw/links/a", "--max-size", "x")).isEqualTo(2);
    }

    @Test
    void jobs_areSubmittedAndWatched() {
        input = "x";
        run("put", "-", "raw/job/a");

        assertThat(run("jobs", "submit", "copy", "--from", "raw/job/", "--to", "raw/job2/", "--dry-run", "--json"))
                .isZero();
        String id = out.toString().lines().reduce((first, last) -> last).orElseThrow();
        id = id.substring(id.indexOf("\"id\":\"") + 6, id.indexOf("\",\"operation\""));
        assertThat(run("jobs", id)).isZero();
        assertThat(run("jobs", "report", id, "--format", "csv")).isZero();
        assertThat(run("jobs")).isZero();

        assertThat(out.toString()).contains("copy (dry run) succeeded", id);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("raw/job/a,succeeded");
        assertThat(run("jobs", "submit", "verify")).isEqualTo(2);
    }

    @Test
    void imports_areSubmitted() {
        String[] job = {
            "jobs", "submit", "import", "--from", "photos/", "--to", "raw/import/", "--overwrite", "--source"
        };

        assertThat(run(with(job, "none"))).isEqualTo(1);
        assertThat(err.toString()).contains("There is no import source none; IMPORT_SOURCES names old");
        assertThat(run(with(with(job, "old"), "--wait"))).isZero();
    }

    private static String[] with(String[] words, String more) {
        String[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = more;
        return all;
    }

    @Test
    void withoutAService_exitsWith2_andWithAnUnreachableOne_with4() {
        variables.put("STOWAGE_URL", "");
        assertThat(run("ls")).isEqualTo(2);
        assertThat(err.toString()).contains("stowage login", "STOWAGE_URL");

        variables.put("STOWAGE_URL", "http://127.0.0.1:1");
        assertThat(run("ping")).isEqualTo(4);
    }

    @Test
    void profiles_areReadOnlyWhenPrivate() throws IOException {
        variables.put("STOWAGE_URL", "");
        Path config = Files.createDirectories(folder.resolve("config/stowage")).resolve("config.toml");
        Files.writeString(
                config,
                "default = \"work\"\n[profiles.work]\nurl = \"" + service.url() + "\"\napi_key = \"hunter2\"\n");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("ping")).isEqualTo(2);
        assertThat(err.toString()).contains("chmod 600").doesNotContain("hunter2");

        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        assertThat(run("ping")).isZero();
        assertThat(run("ping", "--profile", "none")).isEqualTo(2);
    }

    @Test
    void jobsKeysAndUsage_useTheService_whenOneIsNamed() {
        Shell none = new Shell(Map.of("HOME", folder.toString()), folder, false, System.in, bytes);
        Shell named = shell();

        assertThat(RemoteCommands.usesService(named, List.of("jobs"))).isTrue();
        assertThat(RemoteCommands.usesService(named, List.of("jobs", "--local")))
                .isFalse();
        assertThat(RemoteCommands.usesService(none, List.of("jobs"))).isFalse();
        assertThat(RemoteCommands.usesService(none, List.of("jobs", "submit"))).isTrue();
        assertThat(RemoteCommands.usesService(none, List.of("keys", "--profile=a")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish", "man"})
    void completion_hasTheCommands(String kind) {
        CliEnvironment environment = new CliEnvironment(Map.of(), folder, false);
        int code = Main.commandLine(environment, "completion", kind)
                .setOut(new PrintWriter(out, true))
                .execute("completion", kind);

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("put", "jobs", "submit", "if-absent".replace("-", kind.equals("man") ? "\\-" : "-"));
    }

    private Shell shell() {
        Map<String, String> all = new HashMap<>();
        all.put("STOWAGE_URL", service.url());
        all.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        all.putAll(variables);
        return new Shell(all, folder, false, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), bytes);
    }

    private int run(String... arguments) {
        CommandLine line = new CommandLine(new StowageCommand());
        RemoteCommands.of(shell()).forEach((name, command) -> line.addSubcommand(name, command.get()));
        RemoteCommands.alsoLocal(shell()).forEach((name, command) -> line.addSubcommand(name, command.get()));
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
