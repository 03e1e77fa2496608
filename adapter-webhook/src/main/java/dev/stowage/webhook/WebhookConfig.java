package dev.stowage.webhook;

import dev.stowage.core.config.Settings;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings of webhooks.
 *
 * @param allowed networks that events may be sent to, besides the public Internet; unmodifiable
 */
public record WebhookConfig(List<Network> allowed) {

    public WebhookConfig {
        allowed = List.copyOf(allowed);
    }

    /** Reads {@code WEBHOOK_ALLOWED_NETWORKS}; problems are recorded in {@code settings}. */
    public static WebhookConfig from(Settings settings) {
        return new WebhookConfig(settings.read("WEBHOOK_ALLOWED_NETWORKS", List.of(), WebhookConfig::networks));
    }

    private static List<Network> networks(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(Network::parse)
                .toList();
    }
}
