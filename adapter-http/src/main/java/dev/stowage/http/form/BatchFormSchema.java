package dev.stowage.http.form;

import dev.stowage.http.metadata.ExpiresIn;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiRequired;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of the form of a batch upload, for the OpenAPI document only. */
@OpenApiName("BatchUploadForm")
record BatchFormSchema(
        @OpenApiDescription(
                "The files' keys, in the order of the files; a file whose key comes before it is streamed without buffering")
        @OpenApiRequired
        @OpenApiExample("[\"raw/demo/a.txt\", \"raw/demo/b.txt\"]")
        List<String> keys,

        @OpenApiDescription("The files' bytes, 1 to 1000 files") @OpenApiRequired
        List<InputStream> files,

        @OpenApiDescription(
                "With *, existing files are not replaced; must come before all files. The same as the header If-None-Match")
        @OpenApiExample("*")
        @OpenApiName("if_none_match")
        @Nullable
        String ifNoneMatch,

        @OpenApiName(ExpiresIn.NAME)
        @OpenApiDescription(ExpiresIn.DESCRIPTION + ". For all files; must come before them")
        @OpenApiExample(ExpiresIn.EXAMPLE)
        @Nullable
        Long expiresIn) {}
