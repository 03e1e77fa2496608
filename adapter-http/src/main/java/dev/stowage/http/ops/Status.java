package dev.stowage.http.ops;

import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;

/** The JSON of a successful check. */
@OpenApiName("Status")
record Status(@OpenApiExample("ok") String status) {

    static final Status OK = new Status("ok");
}
