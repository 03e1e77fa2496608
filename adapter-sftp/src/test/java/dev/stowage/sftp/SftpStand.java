package dev.stowage.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Runs a server until the standard input ends, for tests of the service. The script {@code stand} starts it. */
final class SftpStand {

    private SftpStand() {}

    /** @param arguments the folder for the files */
    public static void main(String[] arguments) throws IOException {
        try (TestServer server = new TestServer(Path.of(arguments[0]));
                InputStream input = System.in) {
            System.out.println("STORAGE_ADAPTER=sftp");
            server.settings().forEach((name, value) -> System.out.println(name + "=" + value));
            System.out.println("digests");
            System.out.println("ready files");
            input.readAllBytes();
        }
    }
}
