package dev.stowage.client;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event on its way to the receiver of a webhook.
 *
 * @param number the id of the event
 * @param type of the event, such as {@code file.created}
 * @param key the file of the event; empty for a job or a webhook
 * @param state {@code pending}, {@code delivered} or {@code dead}
 * @param attempts how many were begun
 * @param nextAt the earliest time of the next attempt; empty if there is none, and while an earlier event of the file is pending
 * @param last the latest attempt that has ended
 */
public record DeliveryDetails(
        String number,
        String type,
        Optional<String> key,
        String state,
        long attempts,
        Optional<Instant> nextAt,
        Optional<Attempt> last) {

    /**
     * The result of an attempt.
     *
     * @param accepted whether the receiver accepted the event, with a status of 2xx
     * @param status of the receiver; empty without a response
     * @param error what went wrong; empty after a success
     * @param at when it ended
     */
    public record Attempt(boolean accepted, OptionalLong status, Optional<String> error, Instant at) {

        static Attempt of(JsonFields json) {
            return new Attempt(
                    json.flag("accepted"), json.optionalNumber("status"), json.optionalText("error"), json.time("at"));
        }
    }

    static DeliveryDetails of(JsonFields json) {
        return new DeliveryDetails(
                json.text("number"),
                json.text("type"),
                json.optionalText("key"),
                json.text("state"),
                json.number("attempts"),
                json.optionalTime("next_at"),
                json.optionalObject("last").map(Attempt::of));
    }
}
