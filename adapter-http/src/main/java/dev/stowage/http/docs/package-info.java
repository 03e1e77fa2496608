/** The description of the API for machines and people: {@code /openapi.json}, Swagger UI and ReDoc. */
@NullMarked
package dev.stowage.http.docs;

import org.jspecify.annotations.NullMarked;
