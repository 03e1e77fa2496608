package dev.stowage.bench.store;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of a request.
 *
 * @param fields names in lower case
 */
record Head(String method, String path, String query, Map<String, String> fields) {

    static Head parse(byte[] bytes, int length) {
        String[] lines = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        String[] request = lines[0].split(" ", 3);
        int question = request[1].indexOf('?');
        Map<String, String> fields = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                fields.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        return new Head(
                request[0],
                question < 0 ? request[1] : request[1].substring(0, question),
                question < 0 ? "" : request[1].substring(question + 1),
                fields);
    }

    String field(String name) {
        return fields.getOrDefault(name, "");
    }

    long length() {
        String length = field("content-length");
        return length.isEmpty() ? 0 : Long.parseLong(length);
    }

    boolean hasParameter(String parameter) {
        return query.equals(parameter) || query.startsWith(parameter + "=") || query.contains("&" + parameter + "=");
    }
}
