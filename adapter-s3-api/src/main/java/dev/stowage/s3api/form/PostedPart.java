package dev.stowage.s3api.form;

import java.io.InputStream;
import java.util.Optional;

/**
 * A part of a form.
 *
 * @param name of the field
 * @param fileName as the client sends it
 * @param body valid until the next part is read; needs no closing
 */
public record PostedPart(String name, Optional<String> fileName, InputStream body) {}
