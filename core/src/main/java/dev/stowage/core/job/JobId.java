package dev.stowage.core.job;

import dev.stowage.core.error.NotFound;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of a job.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 - _}
 */
public record JobId(String value) {

    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** @throws NotFound when the text can't be the id of a job */
    public JobId {
        if (!SYNTAX.matcher(value).matches()) {
            throw NotFound.job(value);
        }
    }

    /** Returns a new id. */
    public static JobId random() {
        return new JobId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
