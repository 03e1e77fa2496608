package dev.stowage.s3;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether the body is part of a request's signature. */
enum PayloadSigning {
    /** Signed over http, unsigned over https, which protects the body. */
    AUTO,
    /** Always signed, at the cost of a SHA-256 of every body. */
    ALWAYS,
    /** Never signed, even over http: for trusted networks, and for stores that don't support signed chunks. */
    NEVER;

    static PayloadSigning parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is not one of "
                        + Arrays.stream(values())
                                .map(value -> value.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
