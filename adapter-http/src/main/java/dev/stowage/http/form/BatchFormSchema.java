package dev.stowage.http.form;

import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiRequired;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a batch's form, for the API's documents alone. */
@OpenApiName("BatchUploadForm")
record BatchFormSchema(
        @OpenApiDescription(
                "Where the files go, in the files' order; a key before its file lets that stream straight through")
        @OpenApiRequired
        @OpenApiExample("[\"raw/demo/a.txt\", \"raw/demo/b.txt\"]")
        List<String> keys,

        @OpenApiDescription("The files' bytes, 1 to 1000 files") @OpenApiRequired
        List<InputStream> files,

        @OpenApiDescription(
                "With *, files that are there already are kept; before all files. As the header If-None-Match")
        @OpenApiExample("*")
        @OpenApiName("if_none_match")
        @Nullable
        String ifNoneMatch) {}
