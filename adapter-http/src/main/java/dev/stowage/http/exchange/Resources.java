package dev.stowage.http.exchange;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Files on the class path. */
public final class Resources {

    private Resources() {}

    /** @throws FileNotFoundException when the file is missing, which only a broken build causes */
    public static InputStream open(String path) throws IOException {
        InputStream stream = Resources.class.getClassLoader().getResourceAsStream(path);
        if (stream == null) {
            throw new FileNotFoundException("not on the class path: " + path);
        }
        return stream;
    }

    /** Returns the bytes of a file. @throws FileNotFoundException likewise */
    public static byte[] read(String path) throws IOException {
        try (InputStream stream = open(path)) {
            return stream.readAllBytes();
        }
    }
}
