package dev.stowage.core.multipart;

import java.util.UUID;

/**
 * One run of the program, from its start to its end; a restart is another one.
 *
 * @param value unique
 */
public record ProcessId(String value) {

    /** One that no other run has. */
    public static ProcessId random() {
        return new ProcessId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
