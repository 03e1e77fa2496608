package dev.stowage.http.docs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Files on the class path. */
final class Resources {

    /** Where this package keeps its own. */
    static final String HERE = "dev/stowage/http/docs/";

    private Resources() {}

    /** @throws FileNotFoundException when there is none, which only a broken build explains */
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
