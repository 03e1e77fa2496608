package dev.stowage.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.jwt.JwtConfig.KeyLocation;
import dev.stowage.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole, as it is configured: keys in a file, and keys of a web server. */
final class JwtAuthenticatorTest {

    private static final Secret OLD = Tokens.of(Keys.RSA);
    private static final Secret NEW = Tokens.of(Keys.OTHER_RSA);

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Tokens.NOW);

    @Test
    void keysInAFile_areReadAgainWhenItChanges() throws IOException {
        Path file = Files.writeString(folder.resolve("jwks.json"), Keys.set(Keys.RSA));
        JwtAuthenticator authenticator = authenticator(file);
        assertThat(authenticator.authenticate(OLD)).isPresent();
        assertThat(authenticator.authenticate(NEW)).isEmpty();

        Files.writeString(file, Keys.set(Keys.OTHER_RSA));
        clock.advance(Duration.ofSeconds(5));

        assertThat(authenticator.authenticate(OLD)).isEmpty();
        assertThat(authenticator.authenticate(NEW)).isPresent();
    }

    @Test
    void aFileThatIsBrokenGoneOrTooLarge_leavesTheLastKeysGood_untilItIsRight() throws IOException {
        Path file = Files.writeString(folder.resolve("jwks.json"), Keys.set(Keys.RSA));
        JwtAuthenticator authenticator = authenticator(file);
        assertThat(authenticator.authenticate(OLD)).isPresent();

        Files.writeString(file, Keys.set(Keys.OTHER_RSA).substring(0, 100));
        clock.advance(Duration.ofSeconds(5));
        assertThat(authenticator.authenticate(OLD)).isPresent();

        Files.delete(file);
        clock.advance(Duration.ofSeconds(5));
        assertThat(authenticator.authenticate(OLD)).isPresent();

        Files.writeString(file, " ".repeat(KeySource.LARGEST) + Keys.set(Keys.OTHER_RSA));
        clock.advance(Duration.ofSeconds(5));
        assertThat(authenticator.authenticate(OLD)).isPresent();

        Files.writeString(file, Keys.set(Keys.OTHER_RSA));
        clock.advance(Duration.ofSeconds(5));
        assertThat(authenticator.authenticate(OLD)).isEmpty();
    }

    @Test
    void aFileThatNeverHadKeys_isNoAnswer() throws IOException {
        JwtAuthenticator authenticator = authenticator(Files.writeString(folder.resolve("jwks.json"), "{}"));

        assertThatThrownBy(() -> authenticator.authenticate(OLD)).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void keysOfAServer_areLookedForWhenTheyAreNotKnown() {
        try (KeyServer server = new KeyServer()) {
            server.publish(Keys.set(Keys.RSA));
            JwtAuthenticator authenticator = authenticator(server);
            assertThat(authenticator.authenticate(OLD)).isPresent();

            server.publish(Keys.set(Keys.OTHER_RSA));
            clock.advance(Duration.ofSeconds(10));

            assertThat(authenticator.authenticate(NEW)).isPresent();
            assertThat(authenticator.authenticate(OLD)).isEmpty();
        }
    }

    @Test
    void aThousandKeysThatNeverWere_askTheServerOnce() {
        List<Secret> forged = IntStream.range(0, 1000)
                .mapToObj(i ->
                        new RSAKey.Builder(Keys.OTHER_RSA).keyID("random-" + i).build())
                .map(Tokens::of)
                .toList();
        try (KeyServer server = new KeyServer()) {
            server.publish(Keys.set(Keys.RSA));
            JwtAuthenticator authenticator = authenticator(server);
            assertThat(authenticator.authenticate(OLD)).isPresent();
            clock.advance(Duration.ofSeconds(10));

            assertThat(forged.parallelStream()
                            .filter(token -> authenticator.authenticate(token).isPresent()))
                    .isEmpty();

            assertThat(server.hits()).isEqualTo(2);
        }
    }

    @Test
    void aServerThatIsSlow_keepsNobodyWaitingWhoseKeyIsKnown() {
        CountDownLatch slow = new CountDownLatch(1);
        try (KeyServer server = new KeyServer()) {
            server.publish(Keys.set(Keys.RSA));
            JwtAuthenticator authenticator = authenticator(server);
            assertThat(authenticator.authenticate(OLD)).isPresent();
            server.handle(exchange -> await(slow));
            clock.advance(Duration.ofMinutes(5));

            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                assertThat(authenticator.authenticate(OLD)).isPresent();
                assertThat(authenticator.authenticate(NEW)).isEmpty();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            slow.countDown();
        }
    }

    @Test
    void aServerThatIsDown_isNoAnswer_untilItIsUp() {
        try (KeyServer server = new KeyServer()) {
            server.handle(exchange -> KeyServer.answer(exchange, 503, ""));
            JwtAuthenticator authenticator = authenticator(server);
            assertThatThrownBy(() -> authenticator.authenticate(OLD)).isInstanceOf(StorageUnavailable.class);

            server.publish(Keys.set(Keys.RSA));
            clock.advance(Duration.ofSeconds(10));

            assertThat(authenticator.authenticate(OLD)).isPresent();
        }
    }

    private JwtAuthenticator authenticator(Path file) {
        return new JwtAuthenticator(Fixture.config(new KeyLocation(Optional.empty(), Optional.of(file))), clock);
    }

    private JwtAuthenticator authenticator(KeyServer server) {
        return new JwtAuthenticator(
                Fixture.config(new KeyLocation(Optional.of(server.url()), Optional.empty())), clock);
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
