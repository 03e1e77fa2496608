package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.IdentityProvider;
import dev.stowage.it.service.NodeClients;
import dev.stowage.it.service.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in to the console at an identity provider, in Chromium. The steps are in {@code clients/console-sign-in.mjs}. */
class ConsoleSignInIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void signIn_atAProvider_lastsAsLongAsItsTokens_andIsInNoUrlAndNoLog() throws Exception {
        Path chromium = NodeClients.chromium();
        try (IdentityProvider provider = IdentityProvider.start();
                ServiceProcess service = ServiceProcess.start(folder, settings(provider), ServiceProcess.SHORT_LIVED)) {
            Process browser = NodeClients.start(
                    "console-sign-in.mjs",
                    chromium.toString(),
                    service.address().toString(),
                    provider.issuer());
            String output = NodeClients.finish(browser, LIMIT);

            assertThat(browser.exitValue()).as(output).isZero();
            assertThat(output).contains("done sign out");
            assertThat(provider.secrets()).hasSizeGreaterThan(10);
            assertThat(service.log()).doesNotContain(provider.secrets());
        }
    }

    private static Map<String, String> settings(IdentityProvider provider) {
        return Map.of(
                "AUTH_MODE",
                "keys,jwt",
                "JWT_JWKS_URL",
                provider.issuer() + "/jwks",
                "JWT_ISSUER",
                provider.issuer(),
                "JWT_AUDIENCE",
                IdentityProvider.AUDIENCE,
                "JWT_CLOCK_SKEW",
                "0s",
                "CONSOLE_OIDC_ISSUER",
                provider.issuer(),
                "CONSOLE_OIDC_CLIENT_ID",
                IdentityProvider.CLIENT,
                "CONSOLE_OIDC_ORIGINS",
                provider.tokenOrigin(),
                "LOG_LEVEL",
                "debug");
    }
}
