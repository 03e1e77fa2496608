package dev.stowage.it.service;

import dev.stowage.it.service.Api.Reply;
import java.util.List;

/** The service responded with another status than its client expects. */
public final class UnexpectedReply extends AssertionError {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String retryAfter;

    UnexpectedReply(List<Integer> expected, Reply reply) {
        super("expected " + expected + ", got " + reply.status() + ": " + reply.text());
        this.status = reply.status();
        this.retryAfter = reply.header("Retry-After");
    }

    public int status() {
        return status;
    }

    /** The value of {@code Retry-After}, or an empty text. */
    public String retryAfter() {
        return retryAfter;
    }
}
