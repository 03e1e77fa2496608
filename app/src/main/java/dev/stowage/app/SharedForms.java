package dev.stowage.app;

import dev.stowage.http.form.FormParts;
import dev.stowage.s3api.form.FormOpener;
import dev.stowage.s3api.form.PostedPart;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;

/** The form reader of the HTTP API, for the forms of the S3 API. */
final class SharedForms implements FormOpener {

    @Override
    public Supplier<Optional<PostedPart>> open(InputStream body, String contentType, int maxParts) {
        FormParts parts = FormParts.open(body, contentType, maxParts);
        return () -> parts.next().map(part -> new PostedPart(part.name(), part.fileName(), part.body()));
    }
}
