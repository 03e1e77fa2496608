package dev.stowage.app.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TransferDisplayTest {

    private final StringWriter err = new StringWriter();

    @Test
    void bytesOfAnEarlierRun_areNoBytesOfThisOne() {
        try (TransferDisplay display = new TransferDisplay(new PrintWriter(err, true), "Sent", true, false);
                TransferDisplay.FileProgress file = display.begin("a")) {
            display.expect(100);
            file.transferred(60, 100);
            file.transferred(100, 100);

            assertThat(file.before()).isEqualTo(60);
            assertThat(file.moved()).isEqualTo(40);
        }
    }

    @Test
    void bytesOfAnEarlierRun_thatAreTransferredAgain_count() {
        try (TransferDisplay display = new TransferDisplay(new PrintWriter(err, true), "Sent", true, false);
                TransferDisplay.FileProgress file = display.begin("a")) {
            display.expect(100);
            file.transferred(60, 100);
            file.transferred(10, 100);
            file.transferred(100, 100);

            assertThat(file.before()).isEqualTo(10);
            assertThat(file.moved()).isEqualTo(90);
        }
    }

    @Test
    void bar_isShownOnATerminal_andMessagesAboveIt() {
        TransferDisplay display = new TransferDisplay(new PrintWriter(err, true), "Sent", false, true);
        display.expect(2 << 20);
        try (TransferDisplay.FileProgress file = display.begin("a")) {
            file.transferred(0, 2 << 20);
            file.transferred(2 << 20, 2 << 20);
        }
        display.message("done");
        display.close();

        assertThat(err.toString()).contains("done\n").contains("Sent 100%").contains("2/2 MiB");
    }
}
