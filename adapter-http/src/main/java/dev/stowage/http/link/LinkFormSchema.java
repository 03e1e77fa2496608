package dev.stowage.http.link;

import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import java.io.InputStream;

/** The forms for a link, for the OpenAPI document only. */
@OpenApiName("LinkForm")
record LinkFormSchema(
        @OpenApiDescription("The bytes of a file; the part has a file name, and may be repeated")
        InputStream file,

        @OpenApiName("password")
        @OpenApiDescription("Alone, in a form without files: the password, for which a browser gets a cookie")
        @OpenApiExample("correct horse battery staple")
        String phrase) {}
