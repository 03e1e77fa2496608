package dev.stowage.http.docs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Files on the class path. */
final class Resources {

    /** The folder of this package's own files. */
    static final String HERE = "dev/stowage/http/docs/";

    private Resources() {}

    /** @throws FileNotFoundException when the file is missing, which only a broken build causes */
    static InputStream open(String path) throws IOException {
        InputStream stream = Resources.class.getClassLoader().getResourceAsStream(path);
        if (stream == null) {
            throw new FileNotFoundException("not on the class path: " + path);
        }
        return stream;
    }

    static byte[] read(String path) throws IOException {
        try (InputStream stream = open(path)) {
            return stream.readAllBytes();
        }
    }
}
