package dev.stowage.http.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.http.route.ApiDoc;
import dev.stowage.http.route.Routes;

/** Describes the parameters that several routes have, which their annotations only name. */
final class CommonParameters {

    private CommonParameters() {}

    static void complete(ObjectNode operation, String path) {
        for (JsonNode parameter : operation.path("parameters")) {
            if (!parameter.has("description")) {
                describe((ObjectNode) parameter, path);
            }
        }
    }

    private static void describe(ObjectNode parameter, String path) {
        String name = parameter.path("name").asText();
        switch (name) {
            case "key" -> {
                boolean whole = parameter.path("in").asText().equals("path");
                text(parameter, whole ? ApiDoc.KEY : "The file's key", ApiDoc.KEY_EXAMPLE);
            }
            case "upload_id" -> text(parameter, ApiDoc.UPLOAD_ID, ApiDoc.UPLOAD_ID_EXAMPLE);
            case "Tus-Resumable" -> text(parameter, "The protocol version", "1.0.0");
            case "number" ->
                parameter
                        .put("description", "The part's number, 1 to 10000")
                        .putObject("schema")
                        .put("type", "integer")
                        .put("format", "int32")
                        .put("example", 1);
            case "id" -> id(parameter, path);
            default -> throw new IllegalStateException("no description of " + name + " of " + path);
        }
    }

    private static void id(ObjectNode parameter, String path) {
        if (path.startsWith(Routes.JOBS)) {
            text(parameter, "The job's id, as returned when it was submitted", ApiDoc.JOB_ID_EXAMPLE);
        } else if (path.startsWith(Routes.SCHEDULES)) {
            text(parameter, "The schedule's id, as returned when it was created", ApiDoc.JOB_ID_EXAMPLE);
        } else if (path.startsWith(Routes.WEBHOOKS)) {
            text(parameter, "The webhook's id, as returned when it was created", ApiDoc.JOB_ID_EXAMPLE);
        } else if (path.startsWith(Routes.LINKS)) {
            text(parameter, "The link's id, which is not secret", ApiDoc.LINK_ID_EXAMPLE);
        } else if (path.startsWith(Routes.KEYS)) {
            text(parameter, "The API key's id, which is not secret", ApiDoc.API_KEY_ID_EXAMPLE);
        } else if (path.startsWith(Routes.COMPANION)) {
            text(parameter, ApiDoc.UPLOAD_ID, ApiDoc.UPLOAD_ID_EXAMPLE);
        } else {
            text(
                    parameter,
                    "The upload's id: the last segment of the URL that was returned when it was created",
                    ApiDoc.RESUMABLE_ID_EXAMPLE);
        }
    }

    private static void text(ObjectNode parameter, String description, String example) {
        parameter
                .put("description", description)
                .putObject("schema")
                .put("type", "string")
                .put("example", example);
    }
}
