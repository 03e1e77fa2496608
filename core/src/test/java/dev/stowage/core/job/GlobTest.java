package dev.stowage.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    *.csv    | a.csv     | true
                    *.csv    | .csv      | true
                    *.csv    | a.csv.gz  | false
                    *.csv    | a.CSV     | false
                    a*b*c    | abc       | true
                    a*b*c    | aXbbYcc   | true
                    a*b*c    | acb       | false
                    *        | x         | true
                    **       | x         | true
                    ?        | 漢        | true
                    ?        | 😀        | true
                    ?        | ab        | false
                    \\*      | *         | true
                    \\*      | a         | false
                    a\\?b\\\\ | a?b\\     | true
                    [ab]     | a         | false
                    [ab]     | [ab]      | true
                    """)
    void matches_takesTheWholeText(String pattern, String text, boolean expected) {
        Glob glob = new Glob(pattern);

        assertThat(glob.matches(text)).isEqualTo(expected);
    }

    @Test
    @Timeout(5)
    void matches_ofManyStars_isQuick() {
        Glob glob = new Glob("*a".repeat(100) + "b");

        assertThat(glob.matches("a".repeat(1024))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\\", "a\\\\\\", "a\nb", "\ud800"})
    void unusablePatterns_areRefused(String pattern) {
        assertThatThrownBy(() -> new Glob(pattern)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new Glob("a".repeat(256))).isInstanceOf(InvalidInput.class);
    }
}
