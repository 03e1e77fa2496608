package dev.stowage.app.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TerminalLinesTest {

    private final StringWriter out = new StringWriter();
    private final TerminalLines lines = new TerminalLines(new PrintWriter(out));

    @Test
    void lines_arePaintedInPlace() {
        lines.set("all", "all 10%");
        lines.set("file", "file 5%");
        lines.paint();
        lines.set("all", "all 20%");
        lines.paint();
        lines.remove("file");
        lines.paint();

        assertThat(out.toString())
                .isEqualTo("\r\u001B[Jall 10%\nfile 5%" + "\r\u001B[1A\u001B[Jall 20%\nfile 5%"
                        + "\r\u001B[1A\u001B[Jall 20%");
    }

    @Test
    void message_isPrintedAboveTheLines() {
        lines.set("all", "all 10%");
        lines.paint();
        lines.message("one failed");

        assertThat(out.toString()).isEqualTo("\r\u001B[Jall 10%" + "\r\u001B[Jone failed\nall 10%");
    }
}
