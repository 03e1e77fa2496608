package dev.stowage.app.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferJournalTest {

    private static final String COMMAND = Fingerprint.of(List.of("put"));
    private static final String ONE = Fingerprint.of(List.of("one"));
    private static final String TWO = Fingerprint.of(List.of("two"));

    @TempDir
    private Path folder;

    @Test
    void storedFile_countsOnlyAfterItWasFoundAgain() throws IOException {
        try (TransferJournal journal = open()) {
            for (String transfer : List.of(ONE, TWO)) {
                journal.begun(transfer);
            }
            journal.stored(ONE, "raw/demo/a b", "e1");
            journal.stored(TWO, "raw/demo/ab", "e2");
        }

        try (TransferJournal journal = open()) {
            assertThat(journal.commonPrefix()).isEqualTo("raw/demo/a");
            assertThat(journal.unconfirmed()).isEqualTo(2);

            journal.confirm("raw/demo/a b", "e1");
            journal.confirm("raw/demo/ab", "another");
            journal.confirm("raw/demo/abc", "e2");

            assertThat(journal.isDone(ONE)).isTrue();
            assertThat(journal.isDone(TWO)).isFalse();
            assertThat(journal.isUncertain(TWO)).isTrue();
            assertThat(journal.doneBefore()).isEqualTo(1);
        }
    }

    @Test
    void commonPrefix_keepsWholeCharacters() throws IOException {
        try (TransferJournal journal = open()) {
            journal.stored(ONE, "raw/\uD83D\uDE00", "e1");
            journal.stored(TWO, "raw/\uD83D\uDE01", "e2");
        }

        try (TransferJournal journal = open()) {
            assertThat(journal.commonPrefix()).isEqualTo("raw/");
            journal.confirmAll();
            assertThat(journal.isDone(ONE)).isTrue();
        }
    }

    @Test
    void lineThatACrashCutOff_isIgnored_andTheNextIsNot() throws IOException {
        try (TransferJournal journal = open()) {
            journal.begun(TWO);
        }
        Files.writeString(file(), "t " + TWO + " e1", StandardOpenOption.APPEND);

        try (TransferJournal journal = open()) {
            assertThat(journal.unconfirmed()).isZero();
            journal.done(ONE);
        }

        try (TransferJournal journal = open()) {
            assertThat(journal.isDone(ONE)).isTrue();
            assertThat(journal.isUncertain(TWO)).isTrue();
        }
    }

    @Test
    void journalWithoutALine_leavesNoFile() throws IOException {
        open().close();

        assertThat(file()).doesNotExist();
    }

    private TransferJournal open() throws IOException {
        Shell shell = new Shell(
                Map.of("XDG_CONFIG_HOME", folder.toString()),
                folder,
                false,
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream());
        return TransferJournal.open(shell, COMMAND, false);
    }

    private Path file() {
        return folder.resolve("stowage/state/" + COMMAND + ".journal");
    }
}
