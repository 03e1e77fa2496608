package dev.stowage.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '`', textBlock = """
                    A=x                  → x
                    A = x y              → x y
                    export A=x           → x
                    A=                   → ``
                    A=x # comment        → x
                    A=# comment          → ``
                    A=x#y                → x#y
                    A=a=b                → a=b
                    A='x # y'            → x # y
                    A='a\\b"c'           → a\\b"c
                    A="x # y" # comment  → x # y
                    A="a\\"b\\\\c\\d"    → a"b\\c\\d
                    A=it's               → it's
                    A=$B/${C}            → $B/${C}
                    A={s=a|b}/{f**}      → {s=a|b}/{f**}
                    """)
    void value_isParsed(String line, String value) {
        DotEnv file = DotEnv.parse(line + "\n");

        assertThat(file.problems()).isEmpty();
        assertThat(file.values()).containsExactly(Map.entry("A", value));
    }

    @Test
    void lines_withAnyLineEnd_areParsed() {
        DotEnv file = DotEnv.parse("\uFEFF# settings\r\n\r\nA=1\r\n  B=2\nA=3");

        assertThat(file.problems()).isEmpty();
        assertThat(file.values()).isEqualTo(Map.of("A", "3", "B", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"S3_SECRET_ACCESS_KEY hunter2", "hunter2", "2FAST=hunter2", "MY-KEY=hunter2", "=hunter2"})
    void invalidLine_isReportedByItsNumberOnly(String line) {
        DotEnv file = DotEnv.parse("A=1\n\n" + line + "\nB=2\n");

        assertThat(file.problems()).containsExactly("line 3 is neither NAME=value nor a comment");
        assertThat(file.values()).isEqualTo(Map.of("A", "1", "B", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"KEY=\"hunter2", "KEY='hunter2", "KEY=\"hunter\"2", "KEY='hunter'2", "KEY=\"hunter2\\\""})
    void line_withAnUnclosedQuote_isReported_andLaterLinesAreRead(String line) {
        DotEnv file = DotEnv.parse(line + "\nB=2\n");

        assertThat(file.problems()).containsExactly("line 1, KEY: the quote is not closed, or text follows it");
        assertThat(file.values()).isEqualTo(Map.of("B", "2"));
    }

    @Test
    void toString_omitsValues() {
        assertThat(DotEnv.parse("S3_SECRET_ACCESS_KEY=hunter2").toString())
                .contains("S3_SECRET_ACCESS_KEY")
                .doesNotContain("hunter2");
    }

    @Test
    void missingFile_hasNoSettings() {
        assertThat(DotEnv.read(folder.resolve(".env"))).isEqualTo(DotEnv.parse(""));
    }

    @Test
    void folder_hasNoSettings() {
        assertThat(DotEnv.read(folder)).isEqualTo(DotEnv.parse(""));
    }

    @Test
    void file_inAnotherEncoding_isReported() throws IOException {
        Path file = Files.write(folder.resolve(".env"), new byte[] {'A', '=', (byte) 0xE4, '\n'});

        assertThat(DotEnv.read(file).problems()).containsExactly("is not UTF-8");
    }
}
