package dev.stowage.http.link;

import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import java.io.InputStream;

/** The form with files for a link, for the OpenAPI document only. */
@OpenApiName("LinkForm")
record LinkFormSchema(
        @OpenApiDescription("The bytes of a file; the part has a file name, and may be repeated")
        @OpenApiExample("hello")
        InputStream file) {

    /** The form with the password of a link. */
    @OpenApiName("LinkPassword")
    record Password(
            @OpenApiName("password")
            @OpenApiDescription("The password of the link, for which a browser gets a cookie")
            @OpenApiExample("correct horse battery staple")
            String phrase) {}
}
