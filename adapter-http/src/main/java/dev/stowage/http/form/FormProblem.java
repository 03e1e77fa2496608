package dev.stowage.http.form;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;

/** The errors of forms. */
final class FormProblem {

    private static final int MAX_SHOWN = 64;

    private FormProblem() {}

    /** An error of the form as a whole. */
    static InvalidInput malformed(String message) {
        return new InvalidInput(ErrorCode.INVALID_REQUEST, message);
    }

    /** An error of one field: it is missing or invalid. */
    static InvalidInput field(String field, String message) {
        return InvalidInput.ofField(shown(field), message);
    }

    /** Shortens text from the client for a message. */
    static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
