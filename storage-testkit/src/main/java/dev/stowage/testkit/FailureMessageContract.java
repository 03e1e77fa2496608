package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.object.ByteRange;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.ReadOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The messages of failures reach clients. They name no host, no class and no text of a library. */
interface FailureMessageContract extends MultipartFixture {

    @Test
    default void anyFailure_hasAMessageForClients() {
        put(key("present"), "text");
        Checksum wrong = Bodies.checksum(ChecksumAlgorithm.SHA256, 10, 2);
        Map<String, ThrowingCallable> failures = new LinkedHashMap<>();
        failures.put("read of a missing object", () -> text(key("missing")));
        failures.put("read of another version", () -> text(key("present"), ReadOptions.ALL.ifMatch(new Etag("other"))));
        failures.put("read outside of the object", () -> text(key("present"), ReadOptions.of(new ByteRange.From(100))));
        failures.put(
                "copy of a missing object", () -> store().copy(key("missing"), key("target"), CopyOptions.DEFAULT));
        failures.put(
                "put of a broken body", () -> put(key("broken"), BreakingContent.after(10, 1, OptionalLong.of(1000))));
        failures.put(
                "put with a wrong checksum",
                () -> store().put(
                                key("wrong"),
                                Bodies.pattern(10, 1),
                                new PutOptions(ObjectAttributes.DEFAULT, WriteCondition.NONE, List.of(wrong))));
        failures.put(
                "list with a forged token",
                () -> store().list(ListQuery.of(prefix("")).after("forged")));
        failures.put("part of a missing upload", () -> putPart(key("none"), new UploadId("nobody-s-upload"), 1, 10));
        failures.put(
                "parts of a missing upload",
                () -> uploads().listParts(key("none"), new UploadId("nobody-s-upload"), 10, Optional.empty()));
        if (can(Capability.CONDITIONAL_PUT, WriteCondition.IF_ABSENT)) {
            failures.put(
                    "put on an existing object",
                    () -> store().put(
                                    key("present"),
                                    Content.of(new byte[1]),
                                    PutOptions.DEFAULT.withCondition(WriteCondition.IF_ABSENT)));
        }

        failures.forEach((name, call) -> assertForClients(name, catchThrowable(call)));
    }

    /** Asserts that {@code failure} is an error of the core whose message and details are for clients. */
    static void assertForClients(String name, Throwable failure) {
        assertThat(failure).as(name).isInstanceOf(StorageException.class);
        StorageException error = (StorageException) failure;
        String told = error.getMessage() + " " + error.detail();
        assertThat(error.getMessage()).as("message of the %s", name).isNotBlank();
        assertThat(told)
                .as("message of the %s", name)
                .doesNotContain("://", "127.0.0.1", "localhost", "java.", "Exception", "\tat ");
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                assertThat(told)
                        .as("message of the %s, which must not repeat that of its cause", name)
                        .doesNotContain(cause.getMessage());
            }
        }
    }
}
