package dev.stowage.http.form;

import dev.stowage.core.config.Secret;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentType;
import dev.stowage.http.exchange.RequestHeaders;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The forms of links: a password, or files with their own names. */
public final class SharedForm {

    private static final String PASSWORD = "password";
    private static final String FILE = "file";
    private static final int MAX_PASSWORD = 1 << 10;
    private static final int MAX_FILES = 1000;

    private SharedForm() {}

    /**
     * A file in a form.
     *
     * @param name as the client sent it
     * @param content to be read before the next file
     * @param digests that the bytes must have
     */
    public record SentFile(String name, ContentType type, Content content, List<Checksum> digests) {}

    /** Receives the files. */
    @FunctionalInterface
    public interface Receiver {

        /** Stores a file. */
        void accept(SentFile file) throws IOException;
    }

    /** Whether the body is a form of text fields, as a form for a password is. */
    public static boolean isPassword(Context ctx) {
        return UrlencodedForm.isType(RequestHeaders.contentType(ctx));
    }

    /** Reads a password. @throws InvalidInput when there is none, or there are other fields */
    public static Secret password(Context ctx) throws IOException {
        return new Secret(
                FormRequest.fields(ctx, Map.of(PASSWORD, MAX_PASSWORD)).required(PASSWORD));
    }

    /**
     * Reads a {@code multipart/form-data} body to its end, and hands out its files, which are the parts named {@code file}.
     *
     * @throws InvalidInput when the form is malformed, has other fields, or has no files
     * @throws dev.stowage.http.error.RequestException 415 when the body is not such a form
     */
    public static void files(Context ctx, Receiver receiver) throws IOException {
        FormReader reader = FormRequest.open(ctx, MAX_FILES);
        int files = 0;
        for (Optional<FormPart> part = reader.next(); part.isPresent(); part = reader.next()) {
            if (!part.get().name().equals(FILE)) {
                throw FormProblem.field(
                        part.get().name(),
                        "Unknown form field " + FormProblem.shown(part.get().name()) + "; send files as parts named "
                                + FILE);
            }
            receiver.accept(file(part.get().chosen()));
            files++;
        }
        if (files == 0) {
            throw FormProblem.field(FILE, "The form has no file; send it as the part named " + FILE);
        }
    }

    private static SentFile file(FormPart part) {
        PartHeaders headers = part.headers();
        headers.refuseConditions();
        String name = headers.fileName()
                .orElseThrow(() -> FormProblem.field(FILE, "The part file has no file name; send one as filename"));
        return new SentFile(name, headers.type(), Content.once(part.body(), OptionalLong.empty()), headers.digests());
    }
}
