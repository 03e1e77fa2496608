package dev.stowage.http.form;

import dev.stowage.core.object.BodyStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A form with fields and one part named {@code file}, in any order. For one thread. */
final class FileForm {

    private static final String FILE = "file";

    private final FormReader reader;
    private final FormFields fields;

    FileForm(FormReader reader, FormFields fields) {
        this.reader = reader;
        this.fields = fields;
    }

    /**
     * Reads the fields before the file, and returns the file's part.
     *
     * @throws dev.stowage.core.error.InvalidInput when the form ends without a file, or no file was chosen
     */
    FormPart readToFile() throws IOException {
        for (Optional<FormPart> part = reader.next(); part.isPresent(); part = reader.next()) {
            if (part.get().name().equals(FILE)) {
                return part.get().chosen();
            }
            fields.read(part.get());
        }
        throw FormProblem.field(FILE, "The form has no file; send it as the part named " + FILE);
    }

    /**
     * Reads the fields after the file, to the end of the form.
     *
     * @throws dev.stowage.core.error.InvalidInput when there is a second file
     */
    void readRest() throws IOException {
        for (Optional<FormPart> part = reader.next(); part.isPresent(); part = reader.next()) {
            if (part.get().name().equals(FILE)) {
                throw FormProblem.field(FILE, "The form has more than one file; use /upload/batch for several");
            }
            fields.read(part.get());
        }
    }

    /**
     * Returns the bytes of the file as a stream that ends only after the rest of the form was read and validated. A store commits at the
     * end of the stream, so it stores nothing when the form is invalid or ends early after the file.
     *
     * @param check further validation of the whole form
     */
    InputStream bodyOf(FormPart file, Runnable check) {
        InputStream body = file.body();
        return new BodyStream() {

            private boolean finished;

            @Override
            protected int take(byte[] target, int offset, int length) throws IOException {
                int count = finished ? -1 : body.read(target, offset, length);
                if (count < 0 && !finished) {
                    readRest();
                    check.run();
                    finished = true;
                }
                return count;
            }
        };
    }
}
