package dev.stowage.http.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.RangeNotSatisfiable;
import dev.stowage.core.object.ByteSpan;
import dev.stowage.core.object.Etag;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeRequestTest {

    private static final Etag TAG = new Etag("v1");
    private static final Instant MODIFIED = Instant.parse("2025-11-30T12:00:00.900Z");
    private static final long SIZE = 1000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-99                     | 0-99
            bytes=0-0                      | 0-0
            bytes=999-999                  | 999-999
            bytes=500-                     | 500-999
            bytes=-1                       | 999-999
            bytes=-5000                    | 0-999
            bytes=0-99999999999999999999   | 0-999
            bytes=-99999999999999999999    | 0-999
            bytes=0-5000                   | 0-999
            BYTES=0-1                      | 0-1
            bytes= 0-1 , 5-6               | 0-1,5-6
            bytes=0-1,,5-6,                | 0-1,5-6
            bytes=5-6,0-1                  | 5-6,0-1
            bytes=0-10,5-20                | 0-20
            bytes=0-4,5-9                  | 0-9
            bytes=100-200,0-50,150-300     | 100-300,0-50
            bytes=0-0,-1                   | 0-0,999-999
            bytes=0-,0-,0-,0-              | 0-999
            bytes=0-10,100-110,5-105       | 0-110
            bytes=2000-3000,0-1            | 0-1
            """)
    void ranges_becomeTheSpansToSend(String header, String spans) {
        assertThat(show(parse("Range: " + header).spans(TAG, MODIFIED, SIZE))).isEqualTo(spans);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=99999999999999999999-", "bytes=5000-,6000-"
            })
    void rangesBeyondTheEnd_areNotSatisfiable(String header) {
        assertThatThrownBy(() -> parse("Range: " + header).spans(TAG, MODIFIED, SIZE))
                .isInstanceOfSatisfying(
                        RangeNotSatisfiable.class, e -> assertThat(e.size()).isEqualTo(SIZE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes=-",
                "bytes=a-b",
                "bytes=5-1",
                "bytes=1",
                "bytes=0-1,x",
                "bytes=+1-2",
                "bytes=1 - 2",
                "bytes=0x1-2",
                "items=0-1",
                "bytes=0-1;q=1",
                "bytes=--1",
                "bytes 0-1"
            })
    void whatIsNoRangeOfBytes_isIgnored(String header) {
        assertThat(parse("Range: " + header).isEmpty()).isTrue();
        assertThat(parse("Range: " + header).spans(TAG, MODIFIED, SIZE)).isEmpty();
    }

    @Test
    void moreRangesThanAnyoneNeeds_areIgnored() {
        String many = IntStream.rangeClosed(0, RangeHeader.MAX_RANGES)
                .mapToObj(i -> (i * 10) + "-" + (i * 10))
                .collect(Collectors.joining(","));

        assertThat(parse("Range: bytes=" + many).isEmpty()).isTrue();
    }

    @Test
    void twoRangeHeaders_areIgnored() {
        assertThat(parse("Range: bytes=0-1", "Range: bytes=2-3").isEmpty()).isTrue();
    }

    @Test
    void emptyObject_hasNoSatisfiableRange() {
        assertThatThrownBy(() -> parse("Range: bytes=0-").spans(TAG, MODIFIED, 0))
                .isInstanceOf(RangeNotSatisfiable.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "v1"                          | true
            "v2"                          | false
            W/"v1"                        | false
            v1                            | false
            *                             | false
            Sun, 30 Nov 2025 12:00:00 GMT | true
            Sun, 30 Nov 2025 12:00:01 GMT | false
            Sun, 30 Nov 2025 11:59:59 GMT | false
            never                         | false
            """)
    void ifRange_holdsForTheSameVersionAlone(String value, boolean holds) {
        RangeRequest request = parse("Range: bytes=0-1", "If-Range: " + value);

        assertThat(request.spans(TAG, MODIFIED, SIZE).isEmpty()).isEqualTo(!holds);
    }

    @Test
    void onlySeveralRangesOrIfRange_needALook() {
        assertThat(parse("Range: bytes=0-1").needsLook()).isFalse();
        assertThat(parse("If-Range: \"v1\"").needsLook()).isFalse();
        assertThat(parse("Range: bytes=0-1,5-6").needsLook()).isTrue();
        assertThat(parse("Range: bytes=0-1", "If-Range: \"v1\"").needsLook()).isTrue();
    }

    private static RangeRequest parse(String... lines) {
        return RangeRequest.parse(Fields.of(lines));
    }

    private static String show(List<ByteSpan> spans) {
        return spans.stream().map(span -> span.offset() + "-" + span.last()).collect(Collectors.joining(","));
    }
}
