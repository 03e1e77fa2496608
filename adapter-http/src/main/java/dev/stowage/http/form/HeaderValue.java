package dev.stowage.http.form;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A header's value with its parameters, such as {@code form-data; name="file"} (RFC 2045, section 5.1).
 *
 * @param value the text before the first semicolon, in lower case
 * @param parameters by lower-case name
 */
record HeaderValue(String value, Map<String, String> parameters) {

    /** @throws dev.stowage.core.error.InvalidInput when a quote is not closed or a parameter appears twice */
    static HeaderValue parse(String text) {
        int semicolon = text.indexOf(';');
        String value = semicolon < 0 ? text : text.substring(0, semicolon);
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = semicolon;
        while (at >= 0) {
            at = new Scanner(text).parameter(at + 1, parameters);
        }
        return new HeaderValue(value.strip().toLowerCase(Locale.ROOT), parameters);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    private record Scanner(String text) {

        /** Reads the parameter at {@code from}. Returns the position of the semicolon after it, or -1. */
        int parameter(int from, Map<String, String> parameters) {
            int nameEnd = from;
            while (nameEnd < text.length() && "=;".indexOf(text.charAt(nameEnd)) < 0) {
                nameEnd++;
            }
            if (nameEnd == text.length() || text.charAt(nameEnd) == ';') {
                return nameEnd == text.length() ? -1 : nameEnd;
            }
            String name = text.substring(from, nameEnd).strip().toLowerCase(Locale.ROOT);
            StringBuilder value = new StringBuilder();
            int start = nameEnd + 1;
            while (start < text.length() && isBlank(text.charAt(start))) {
                start++;
            }
            boolean quoted = start < text.length() && text.charAt(start) == '"';
            int end = quoted ? quoted(start + 1, value) : plain(start, value);
            if (parameters.put(name, value.toString()) != null) {
                throw FormProblem.malformed(
                        "A header of the form has the parameter " + FormProblem.shown(name) + " twice");
            }
            return text.indexOf(';', end);
        }

        private int plain(int from, StringBuilder value) {
            int semicolon = text.indexOf(';', from);
            int end = semicolon < 0 ? text.length() : semicolon;
            value.append(text.substring(from, end).strip());
            return end;
        }

        /**
         * Reads up to the closing quote. Clients differ: some escape quotes with a backslash (RFC 2045), browsers write {@code %22} and do
         * not escape backslashes (HTML, "multipart/form-data encoding algorithm"). So a backslash escapes only a quote or another
         * backslash, but not a quote that ends the header.
         */
        private int quoted(int from, StringBuilder value) {
            for (int i = from; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean escape = c == '\\' && i + 2 < text.length() && "\"\\".indexOf(text.charAt(i + 1)) >= 0;
                if (escape) {
                    i++;
                    value.append(text.charAt(i));
                } else if (c == '"') {
                    return i + 1;
                } else {
                    value.append(c);
                }
            }
            throw FormProblem.malformed("A header of the form has a quote that is not closed");
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t';
        }
    }
}
