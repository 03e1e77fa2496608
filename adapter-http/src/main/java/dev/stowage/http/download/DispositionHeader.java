package dev.stowage.http.download;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of {@code Content-Disposition} (RFC 6266, section 4.1). Only values that follow the grammar are accepted, because browsers treat
 * others differently, and show some of them inline.
 *
 * @param type {@code inline} or {@code attachment}, in lower case
 * @param parameters everything after the type, beginning with the semicolon; empty when there are no parameters
 */
public record DispositionHeader(String type, String parameters) {

    /** The maximum length of a value in characters. */
    public static final int MAX_LENGTH = 1024;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final String QUOTED =
            "\"(?:[\\t\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E\\xA0-\\xFF]|\\\\[\\t\\x20-\\x7E\\xA0-\\xFF])*+\"";
    private static final Pattern TYPE = Pattern.compile("(?i)(inline|attachment)(?![^ \\t;])");
    private static final Pattern PARAMETER = Pattern.compile(
            "[ \\t]*+;[ \\t]*+(?<name>" + TOKEN + ")[ \\t]*+=[ \\t]*+(?<value>" + TOKEN + "|" + QUOTED + ")");
    /** RFC 8187, section 3.2.1. */
    private static final Pattern EXTENDED =
            Pattern.compile("(?i)(?:UTF-8|ISO-8859-1)'[a-z0-9-]*+'(?:%[0-9a-f]{2}|[!#$&+.^_`|~0-9a-z-])*+");

    /** The disposition of downloads, unless another one is requested. */
    public static final DispositionHeader ATTACHMENT = new DispositionHeader("attachment", "");

    /** @throws InvalidInput when the two together are not a valid value */
    public DispositionHeader {
        if (!type.equals("inline") && !type.equals("attachment")) {
            throw invalid("the type must be inline or attachment");
        }
        checkParameters(parameters);
    }

    /**
     * Parses the value of a header. The case of the type is ignored.
     *
     * @throws InvalidInput when the value does not follow the grammar, has another type, repeats a parameter, or is longer than
     *     {@link #MAX_LENGTH}
     */
    public static DispositionHeader parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw invalid("it has more than " + MAX_LENGTH + " characters");
        }
        Matcher type = TYPE.matcher(text);
        if (!type.lookingAt()) {
            throw invalid("it must begin with inline or attachment, followed by nothing or a semicolon");
        }
        return new DispositionHeader(type.group(1).toLowerCase(Locale.ROOT), text.substring(type.end()));
    }

    /** Whether it has the parameter {@code filename} or {@code filename*}. */
    boolean hasFilename() {
        Matcher parameter = PARAMETER.matcher(parameters);
        while (parameter.find()) {
            String name = parameter.group("name").toLowerCase(Locale.ROOT);
            if (name.equals("filename") || name.equals("filename*")) {
                return true;
            }
        }
        return false;
    }

    /** Returns the same parameters with another type. */
    DispositionHeader withType(String other) {
        return new DispositionHeader(other, parameters);
    }

    /** Returns the value of the header. */
    public String text() {
        return type + parameters;
    }

    private static void checkParameters(String parameters) {
        Set<String> names = new HashSet<>();
        Matcher parameter = PARAMETER.matcher(parameters);
        int position = 0;
        while (position < parameters.length()) {
            parameter.region(position, parameters.length());
            if (!parameter.lookingAt()) {
                throw invalid("each parameter must have the form ; name=value or ; name=\"value\"."
                        + " Write names beyond ISO-8859-1 as filename*=UTF-8''percent-encoded");
            }
            String name = parameter.group("name").toLowerCase(Locale.ROOT);
            if (!names.add(name)) {
                throw invalid("it has the parameter " + name + " twice");
            }
            if (name.endsWith("*")
                    && !EXTENDED.matcher(parameter.group("value")).matches()) {
                throw invalid("the value of " + name + " must have the form UTF-8''percent-encoded");
            }
            position = parameter.end();
        }
    }

    private static InvalidInput invalid(String reason) {
        return new InvalidInput(
                ErrorCode.INVALID_REQUEST,
                "A content disposition must be inline or attachment with parameters, such as"
                        + " attachment; filename=\"report.pdf\" (RFC 6266); " + reason);
    }
}
