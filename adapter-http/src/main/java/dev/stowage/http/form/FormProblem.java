package dev.stowage.http.form;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.Map;

/** What is wrong with a form, as the client is told. */
final class FormProblem {

    private static final int MAX_SHOWN = 64;

    private FormProblem() {}

    /** The form itself is malformed. */
    static InvalidInput malformed(String message) {
        return new InvalidInput(ErrorCode.INVALID_REQUEST, message);
    }

    /** One of its fields is missing or wrong. */
    static InvalidInput field(String field, String message) {
        return new InvalidInput(ErrorCode.INVALID_REQUEST, message, Map.of("field", shown(field)));
    }

    /** Text of the client's, short enough for a message. */
    static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
