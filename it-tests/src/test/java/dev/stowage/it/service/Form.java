package dev.stowage.it.service;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** A {@code multipart/form-data} body, in the format of a browser. */
public final class Form {

    private static final String BOUNDARY = "----stowage-it-7d1c9a";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds a field. */
    public Form field(String name, String value) {
        return part("form-data; name=\"" + name + "\"", "", value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file with a content type. */
    public Form file(String name, String filename, String contentType, byte[] body) {
        return part(
                "form-data; name=\"" + name + "\"; filename=\"" + filename + "\"",
                "Content-Type: " + contentType + "\r\n",
                body);
    }

    /** The value of the {@code Content-Type} header. */
    public String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    /** The whole body. */
    public BodyPublisher body() {
        return BodyPublishers.ofByteArray(bytes());
    }

    /** The whole body as bytes. */
    public byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(bytes.toByteArray());
        whole.writeBytes(ascii("--" + BOUNDARY + "--\r\n"));
        return whole.toByteArray();
    }

    private Form part(String disposition, String headers, byte[] body) {
        bytes.writeBytes(ascii("--" + BOUNDARY + "\r\nContent-Disposition: "));
        bytes.writeBytes(disposition.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(ascii("\r\n" + headers + "\r\n"));
        bytes.writeBytes(body);
        bytes.writeBytes(ascii("\r\n"));
        return this;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
