package dev.stowage.http.tus;

/**
 * What tus gives back of a creation, as the client wrote it.
 *
 * @param metadata may be empty
 * @param concat may be empty
 */
record Memo(String metadata, String concat) {

    static Memo parse(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? new Memo("", "") : new Memo(text.substring(0, end), text.substring(end + 1));
    }

    /** For the upload's record. Header fields have no line breaks. */
    String text() {
        return metadata + "\n" + concat;
    }
}
