package dev.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class KeysCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void create_printsOnlyTheKeyToStandardOutput() {
        assertThat(run("create --name ci --project p1 --prefix raw/shared/ --actions read,write --expires 90d"))
                .isZero();

        String key = out.toString().strip();
        assertThat(key).matches("stw_[a-z0-9]{12}_[a-z2-7]{52}");
        assertThat(err.toString()).contains(key.substring(4, 16)).doesNotContain(key.substring(17));
        assertThat(run("list")).isZero();
        assertThat(out.toString())
                .contains("ci", "active", "read,write", "project:p1", "prefix:raw/shared/")
                .doesNotContain(key.substring(17));
    }

    @Test
    void create_withS3_printsTheKeyPairAsVariables_andRotateANewSecret() throws IOException {
        assertThat(run("create --name ci --all-files --s3")).isZero();
        List<String> made = out.toString().lines().toList();
        String id = made.get(0).substring(4, 16);
        assertThat(made).hasSize(3);
        assertThat(made.get(1)).isEqualTo("AWS_ACCESS_KEY_ID=" + id);
        assertThat(made.get(2)).matches("AWS_SECRET_ACCESS_KEY=[0-9a-f]{40}");

        assertThat(run("rotate " + id)).isZero();
        assertThat(out.toString().lines().toList())
                .hasSize(3)
                .contains(made.get(1))
                .doesNotContain(made.get(2));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data/s3-api.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void revokeAndRotate_takeTheId_andAreAudited() throws IOException {
        assertThat(run("create --name ci --all-files")).isZero();
        String first = out.toString().strip();
        String id = first.substring(4, 16);

        assertThat(run("rotate " + id)).isZero();
        assertThat(out.toString().strip()).startsWith("stw_" + id).isNotEqualTo(first);
        assertThat(run("revoke " + id)).isZero();
        assertThat(run("list")).isZero();
        assertThat(out.toString()).contains("revoked", "all");
        assertThat(run("rotate " + id)).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("data/audit.jsonl")))
                .contains("key.create", "key.rotate", "key.revoke", id)
                .doesNotContain(first.substring(17));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "create",
                "create --name x",
                "create --name x --project ../p",
                "create --name x --prefix ../raw",
                "create --name x --prefix raw/./x",
                "create --name x --project p --actions read,fly",
                "create --name x --project p --expires soon",
                "revoke aaaaaaaaaaaa",
                "rotate aaaaaaaaaaaa"
            })
    void invalidArguments_areRefusedWithAMessage(String arguments) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ", "Exception");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void create_withARequiredButUnwritableAuditLog_createsNoKey() {
        Map<String, String> settings = Map.of("DATA_DIR", folder.resolve("data").toString(), "AUDIT_REQUIRED", "true");
        Map<String, String> unwritable = Map.of(
                "DATA_DIR", folder.resolve("data").toString(),
                "AUDIT_REQUIRED", "true",
                "AUDIT_LOG_FILE", folder.toString());

        assertThat(run("create --name ci --all-files", unwritable)).isEqualTo(1);
        assertThat(err.toString()).contains("AUDIT_LOG_FILE");
        assertThat(run("create --name other --all-files", settings)).isZero();
        assertThat(run("list", settings)).isZero();
        assertThat(out.toString()).contains("other").doesNotContain("ci ");
    }

    private int run(String arguments) {
        return run(arguments, Map.of("DATA_DIR", folder.resolve("data").toString()));
    }

    private int run(String arguments, Map<String, String> variables) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] words = ("keys " + arguments).strip().split(" ");
        CliEnvironment environment = new CliEnvironment(variables, folder, false);
        CommandLine command = Main.commandLine(environment, words)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return command.execute(words);
    }
}
