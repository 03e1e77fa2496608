package dev.stowage.http.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes errors in JSON for clients; the parser's own messages contain class names. */
final class JsonProblem {

    private JsonProblem() {}

    static InvalidInput of(JsonProcessingException problem) {
        if (hasConstraint(problem)) {
            return new InvalidInput(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "The JSON is too large or too deeply nested: at most " + JsonCodec.MAX_BYTES
                            + " bytes; send several smaller requests",
                    Map.of("max_size", JsonCodec.MAX_BYTES));
        }
        if (problem instanceof UnrecognizedPropertyException unknown) {
            String field = path(unknown);
            return InvalidInput.ofField(field, "Unknown field " + field + "; the fields are " + known(unknown));
        }
        if (problem instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            String field = path(mapping);
            if (mapping.getCause() instanceof InputCoercionException) {
                return outOfRange(field);
            }
            if (!(mapping instanceof MismatchedInputException)) {
                return InvalidInput.ofField(
                        field, "The body is not valid JSON in UTF-8 at the field " + field + place(mapping));
            }
            return InvalidInput.ofField(field, "The field " + field + " must be " + expected(mapping));
        }
        if (problem instanceof MismatchedInputException) {
            return notAnObject();
        }
        return new InvalidInput(ErrorCode.INVALID_REQUEST, "The body is not valid JSON" + place(problem));
    }

    static InvalidInput notAnObject() {
        return new InvalidInput(ErrorCode.INVALID_REQUEST, "The body must be one JSON object, with nothing after it");
    }

    static InvalidInput notUtf8() {
        return new InvalidInput(ErrorCode.INVALID_REQUEST, "The body is not valid JSON: it is not UTF-8");
    }

    private static boolean hasConstraint(@Nullable Throwable problem) {
        return problem != null && (problem instanceof StreamConstraintsException || hasConstraint(problem.getCause()));
    }

    /** A number that is no 64-bit integer is out of the bounds of every field. */
    private static InvalidInput outOfRange(String field) {
        return new InvalidInput(
                codeOf(field.substring(field.lastIndexOf('.') + 1)),
                "The number in the field " + field + " is out of range",
                Map.of("field", field));
    }

    private static ErrorCode codeOf(String name) {
        return switch (name) {
            case "expires_in" -> ErrorCode.INVALID_EXPIRY;
            case "part_number" -> ErrorCode.INVALID_PART_NUMBER;
            default -> ErrorCode.INVALID_REQUEST;
        };
    }

    private static String path(JsonMappingException problem) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : problem.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    private static String known(UnrecognizedPropertyException problem) {
        Collection<Object> known = problem.getKnownPropertyIds();
        return known == null
                ? "none"
                : known.stream().map(Objects::toString).sorted().collect(Collectors.joining(", "));
    }

    private static String expected(JsonMappingException problem) {
        Class<?> target = problem instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (target == null) {
            return "valid";
        }
        if (target == String.class) {
            return "a string";
        }
        if (target == Boolean.class || target == boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(target) || target.isPrimitive()) {
            return "an integer";
        }
        return Collection.class.isAssignableFrom(target) ? "an array" : "an object";
    }

    private static String place(JsonProcessingException problem) {
        return problem.getLocation() == null
                ? ""
                : " (line " + problem.getLocation().getLineNr() + ", column "
                        + problem.getLocation().getColumnNr() + ")";
    }
}
