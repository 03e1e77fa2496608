package dev.stowage.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.stowage.core.access.Principal;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.jwt.JwtConfig.KeyLocation;
import dev.stowage.jwt.SigningKeys.Timing;
import dev.stowage.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The authenticator as configured, with keys in a file and on a web server. */
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
    void aFileThatIsBrokenMissingOrTooLarge_keepsThePreviousKeys_untilItIsValid() throws IOException {
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
    void keysOfAServer_areReadFromTheStart() throws InterruptedException {
        try (KeyServer server = new KeyServer()) {
            CountDownLatch asked = new CountDownLatch(1);
            server.handle(exchange -> {
                asked.countDown();
                KeyServer.answer(exchange, 200, Keys.set(Keys.RSA));
            });
            KeyLocation location = new KeyLocation(Optional.of(server.url()), Optional.empty());
            JwtAuthenticator authenticator = JwtAuthenticator.start(Fixture.config(location), clock);
            assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

            assertThat(whenThereAreKeys(() -> authenticator.authenticate(OLD))).isPresent();
            assertThat(authenticator.authenticate(NEW)).isEmpty();
        }
    }

    @Test
    void keysOfAServer_areLookedForWhenTheyAreNotKnown() {
        try (KeyServer server = new KeyServer()) {
            server.publish(Keys.set(Keys.RSA));
            JwtAuthenticator authenticator = patient(server);
            assertThat(authenticator.authenticate(OLD)).isPresent();

            server.publish(Keys.set(Keys.OTHER_RSA));
            clock.advance(Duration.ofSeconds(10));

            assertThat(authenticator.authenticate(NEW)).isPresent();
            assertThat(authenticator.authenticate(OLD)).isEmpty();
        }
    }

    @Test
    void aThousandKeysThatNeverWere_askTheServerOnce() {
        List<Secret> forged = Stream.generate(Tokens::ofUnknownKey).limit(1000).toList();
        try (KeyServer server = new KeyServer()) {
            server.publish(Keys.set(Keys.RSA));
            JwtAuthenticator authenticator = patient(server);
            assertThat(authenticator.authenticate(OLD)).isPresent();
            clock.advance(Duration.ofSeconds(10));

            assertThat(forged.parallelStream()
                            .filter(token -> authenticator.authenticate(token).isPresent()))
                    .isEmpty();

            assertThat(server.hits()).isEqualTo(2);
        }
    }

    @Test
    void aSlowServer_doesNotDelayTokensOfKnownKeys() {
        CountDownLatch slow = new CountDownLatch(1);
        try (KeyServer server = new KeyServer()) {
            server.publish(Keys.set(Keys.RSA));
            JwtAuthenticator authenticator = patient(server);
            assertThat(authenticator.authenticate(OLD)).isPresent();
            server.handle(exchange -> await(slow));
            clock.advance(Duration.ofMinutes(5));

            // A caller that waits does so for a minute.
            assertTimeout(Duration.ofSeconds(45), () -> {
                assertThat(authenticator.authenticate(OLD)).isPresent();
                assertThat(authenticator.authenticate(NEW)).isEmpty();
            });
            slow.countDown();
        }
    }

    @Test
    void aServerThatIsDown_isNoAnswer_untilItIsUp() {
        try (KeyServer server = new KeyServer()) {
            server.handle(exchange -> KeyServer.answer(exchange, 503, ""));
            JwtAuthenticator authenticator = patient(server);
            assertThatThrownBy(() -> authenticator.authenticate(OLD)).isInstanceOf(StorageUnavailable.class);

            server.publish(Keys.set(Keys.RSA));
            clock.advance(Duration.ofSeconds(10));

            assertThat(authenticator.authenticate(OLD)).isPresent();
        }
    }

    private JwtAuthenticator authenticator(Path file) {
        return JwtAuthenticator.start(Fixture.config(new KeyLocation(Optional.empty(), Optional.of(file))), clock);
    }

    /** Repeats the call while there are no keys: on a busy machine reading may take longer than a request waits. */
    private Optional<Principal> whenThereAreKeys(Supplier<Optional<Principal>> question) {
        for (int attempt = 0; attempt < 30; attempt++) {
            try {
                return question.get();
            } catch (StorageUnavailable e) {
                clock.advance(Duration.ofSeconds(10));
            }
        }
        return question.get();
    }

    /** An authenticator as configured, with a longer wait for busy machines. */
    private JwtAuthenticator patient(KeyServer server) {
        Duration minute = Duration.ofMinutes(1);
        Timing timing = new Timing(Duration.ofMinutes(5), Duration.ofSeconds(10), minute);
        return new JwtAuthenticator(
                Fixture.config(new KeyLocation(Optional.empty(), Optional.empty())),
                new SigningKeys(new HttpKeySource(server.url(), minute), timing, clock),
                clock);
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
