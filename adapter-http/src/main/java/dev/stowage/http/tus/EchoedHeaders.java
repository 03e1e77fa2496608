package dev.stowage.http.tus;

/**
 * The header fields of a creation that tus returns unchanged.
 *
 * @param metadata may be empty
 * @param concat may be empty
 */
record EchoedHeaders(String metadata, String concat) {

    static EchoedHeaders parse(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? new EchoedHeaders("", "") : new EchoedHeaders(text.substring(0, end), text.substring(end + 1));
    }

    /** Returns the text for the upload's record. It is separated by line breaks, which header fields can't contain. */
    String text() {
        return metadata + "\n" + concat;
    }
}
