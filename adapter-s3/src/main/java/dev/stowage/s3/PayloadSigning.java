package dev.stowage.s3;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether the bytes of a body are part of a request's signature. */
enum PayloadSigning {
    /** Signed where the transport does not protect them (http), unsigned over https. */
    AUTO,
    /** Always signed, at the cost of a SHA-256 of every body. */
    ALWAYS,
    /** Never signed, http included: for a trusted network, and for stores that don't know signed chunks. */
    NEVER;

    static PayloadSigning parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is none of "
                        + Arrays.stream(values())
                                .map(value -> value.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
