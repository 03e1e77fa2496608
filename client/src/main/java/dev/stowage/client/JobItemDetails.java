package dev.stowage.client;

import java.util.Optional;

/**
 * An item of a batch job.
 *
 * @param state {@code pending}, {@code succeeded}, {@code failed} or {@code skipped}
 * @param error the code of the latest failure
 * @param message for people
 */
public record JobItemDetails(String key, String state, int attempts, Optional<String> error, Optional<String> message) {

    static JobItemDetails of(JsonFields json) {
        return new JobItemDetails(
                json.text("key"),
                json.text("state"),
                (int) json.number("attempts"),
                json.optionalText("error"),
                json.optionalText("message"));
    }
}
