package dev.stowage.core.event;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The delivery of an event to the receiver of a webhook.
 *
 * @param event its id is the number of the delivery
 * @param attempts how many were begun
 * @param dueAt the earliest time of the next attempt; empty when there is none, and while an earlier event of the same file is pending
 * @param firstAt when the first attempt was begun
 * @param last the result of the latest attempt that ended
 */
public record WebhookDelivery(
        LoggedEvent event,
        State state,
        int attempts,
        Optional<Instant> dueAt,
        Optional<Instant> firstAt,
        Optional<Result> last) {

    /** What has become of a delivery. */
    public enum State {
        /** There will be another attempt. */
        PENDING("pending"),
        /** The receiver has accepted it. */
        DELIVERED("delivered"),
        /** It was given up. */
        DEAD("dead");

        private final String id;

        State(String id) {
            this.id = id;
        }

        /** Returns the name in the API. */
        public String id() {
            return id;
        }

        /** Returns the state with that name. */
        public static Optional<State> named(String id) {
            return Stream.of(values()).filter(state -> state.id.equals(id)).findFirst();
        }
    }

    /**
     * The result of an attempt.
     *
     * @param at when it ended
     * @param status the HTTP status of the response; empty without a response
     * @param error what went wrong, for people; empty after a success
     */
    public record Result(Instant at, OptionalInt status, Optional<String> error) {

        private static final int GONE = 410;

        /** Whether the receiver has accepted the event. */
        public boolean isSuccess() {
            return error.isEmpty();
        }

        /** Whether the receiver wants no more events. */
        public boolean isGone() {
            return status.orElse(0) == GONE;
        }
    }
}
