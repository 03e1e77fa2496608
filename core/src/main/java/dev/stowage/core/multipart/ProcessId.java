package dev.stowage.core.multipart;

import java.util.UUID;

/**
 * The id of one run of the program; a restarted program has a new one.
 *
 * @param value unique
 */
public record ProcessId(String value) {

    /** Returns a new id. */
    public static ProcessId random() {
        return new ProcessId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
