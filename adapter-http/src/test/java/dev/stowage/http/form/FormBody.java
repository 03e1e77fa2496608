package dev.stowage.http.form;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds the body of a form as a browser or curl writes it. */
final class FormBody {

    /** A boundary as curl generates it. */
    static final String BOUNDARY = "------------------------d74496d66958873e";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final String boundary;

    FormBody() {
        this(BOUNDARY);
    }

    FormBody(String boundary) {
        this.boundary = boundary;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    FormBody field(String name, String value) {
        return part(
                "Content-Disposition: form-data; name=\"" + name + "\"\r\n", value.getBytes(StandardCharsets.UTF_8));
    }

    FormBody file(String name, byte[] content) {
        return part(
                "Content-Disposition: form-data; name=\"" + name
                        + "\"; filename=\"a.bin\"\r\nContent-Type: application/x-test\r\n",
                content);
    }

    FormBody part(String headers, byte[] content) {
        return raw("--" + boundary + "\r\n" + headers + "\r\n").raw(content).raw("\r\n");
    }

    FormBody raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    FormBody raw(byte[] content) {
        bytes.writeBytes(content);
        return this;
    }

    /** Returns the form so far, without a final boundary. */
    byte[] cut() {
        return bytes.toByteArray();
    }

    /** Returns the whole form. */
    byte[] end() {
        return raw("--" + boundary + "--\r\n").cut();
    }
}
