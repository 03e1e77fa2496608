package dev.stowage.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stowage.core.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Log lines about tokens say why they were refused, and contain nothing from them. */
final class SilenceTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.stowage.jwt");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.TRACE);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void theLog_saysWhyATokenIsRefused_andNothingOfIt() {
        Fixture fixture = new Fixture(Keys.set(Keys.RSA));
        Map<String, Object> claims = Tokens.claims("aud", "hush-audience");
        claims.put("sub", "hush-subject");
        List<Secret> tokens = List.of(
                Tokens.of(Keys.RSA, claims),
                Tokens.raw("{\"alg\":\"hush-algorithm\",\"kid\":\"hush-key\"}", claims, content -> content),
                Tokens.raw("{\"alg\":\"RS256\",\"typ\":\"hush-type\"}", claims, content -> content),
                Tokens.raw("{\"hush-header\"", claims, content -> content),
                Tokens.raw("{\"alg\":\"RS256\"}", "hush-payload", Signers.rs256(Keys.RSA)));

        assertThat(tokens).noneMatch(fixture::admits);

        assertThat(lines())
                .contains("DEBUG Refused a token: its aud is not JWT_AUDIENCE")
                .hasSizeGreaterThan(5);
        assertThat(lines()).noneMatch(line -> line.contains("hush"));
        for (Secret token : tokens) {
            for (String part : token.value().split("\\.", -1)) {
                assertThat(lines()).noneMatch(line -> line.contains(part));
            }
        }
    }

    @Test
    void theLog_saysOnceThatTheKeysAreUnavailable_andThatTheyAreBack() {
        Fixture fixture = new Fixture(Keys.set(Keys.RSA));
        Secret token = Tokens.of(Keys.RSA);
        fixture.source.fail();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> fixture.admits(token)).hasMessageContaining("can't be verified");
            fixture.clock.advance(Duration.ofSeconds(10));
        }
        fixture.source.publish(Keys.set(Keys.RSA));
        assertThat(fixture.admits(token)).isTrue();

        assertThat(lines())
                .satisfiesExactly(
                        away -> assertThat(away)
                                .startsWith("WARN Could not read the key set of ")
                                .contains("IOException: down"),
                        keys -> assertThat(keys)
                                .startsWith("INFO The key set of ")
                                .endsWith("has 1 usable keys"),
                        back -> assertThat(back)
                                .startsWith("INFO The key set of ")
                                .endsWith("is available again"));
    }

    private List<String> lines() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage() + throwable(event))
                .toList();
    }

    private static String throwable(ILoggingEvent event) {
        return event.getThrowableProxy() == null
                ? ""
                : event.getThrowableProxy().getMessage();
    }
}
