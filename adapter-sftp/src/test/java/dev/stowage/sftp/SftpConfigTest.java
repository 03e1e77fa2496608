package dev.stowage.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SftpConfigTest {

    private static final Map<String, String> VALID = Map.of(
            "SFTP_HOST", "files.example.com",
            "SFTP_USER", "stowage",
            "SFTP_PASSWORD", "s3cret",
            "SFTP_HOST_KEY", TestServer.line(TestServer.newKey("ssh-ed25519", 256)),
            "SFTP_PATH", "/srv/files/");

    @Test
    void missingSettings_areAllReported() {
        Settings settings = new Settings(Map.of());

        new SftpProvider().configure(settings);

        assertThat(settings.problems())
                .containsExactly(
                        "SFTP_HOST: is missing; name the server",
                        "SFTP_USER: is missing; name the user",
                        "SFTP_PATH: is missing; name an existing folder on the server",
                        "SFTP_PASSWORD: set either this or SFTP_KEY_FILE",
                        "SFTP_HOST_KEY: set either this or SFTP_KNOWN_HOSTS, so that the server can be recognized");
    }

    @Test
    void validSettings_areRead() {
        Settings settings = new Settings(VALID);

        SftpConfig config = SftpConfig.from(settings);

        assertThat(settings.problems()).isEmpty();
        assertThat(config.port()).isEqualTo(22);
        assertThat(config.path()).isEqualTo("/srv/files");
        assertThat(config.toString()).doesNotContain("s3cret");
    }

    @Test
    void passwordBesideKeyFile_isReported() {
        assertThat(problems("SFTP_KEY_FILE", "/etc/key"))
                .containsExactly("SFTP_PASSWORD: set either this or SFTP_KEY_FILE");
    }

    @Test
    void textThatIsNoKey_isReported() {
        assertThat(problems("SFTP_HOST_KEY", "SHA256:abc"))
                .containsExactly("SFTP_HOST_KEY: is not a public key such as ssh-ed25519 AAAA...");
    }

    private static List<String> problems(String name, String value) {
        Map<String, String> values = new HashMap<>(VALID);
        values.put(name, value);
        Settings settings = new Settings(values);
        SftpConfig unused = SftpConfig.from(settings);
        return settings.problems();
    }
}
