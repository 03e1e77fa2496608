package dev.stowage.s3api.request;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as S3 writes and reads them: in header fields (RFC 9110, section 5.6.7), in documents, and in signatures (ISO 8601). */
public final class HttpTime {

    private static final DateTimeFormatter HEADER = format("EEE, dd MMM yyyy HH:mm:ss 'GMT'");
    private static final DateTimeFormatter DOCUMENT = format("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final DateTimeFormatter BASIC = format("yyyyMMdd'T'HHmmss'Z'");

    /** What clients send in conditions and in {@code Date}; the last form is an extension of S3. */
    private static final List<DateTimeFormatter> ACCEPTED =
            List.of(HEADER, format("EEE MMM ppd HH:mm:ss yyyy"), format("yyyy-MM-dd'T'HH:mm:ss[.SSS]'Z'"));

    private static final Pattern OFFSET = Pattern.compile(" [+-]0000$");

    private HttpTime() {}

    /** Formats a time for a header field, to the second. */
    public static String header(Instant time) {
        return HEADER.format(time.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    }

    /** Formats a time for a document, to the millisecond. */
    public static String document(Instant time) {
        return DOCUMENT.format(time.atOffset(ZoneOffset.UTC));
    }

    /** Formats a time as signatures have it: {@code 20260101T000000Z}. */
    public static String basic(Instant time) {
        return BASIC.format(time.atOffset(ZoneOffset.UTC));
    }

    /** Parses {@code 20260101T000000Z}. Empty when it has another form. */
    public static Optional<Instant> parseBasic(String text) {
        return parse(text, BASIC);
    }

    /** Parses the value of a header field. Empty when it is no date, so that conditions on it are ignored (RFC 9110, section 13.1.3). */
    public static Optional<Instant> parse(String text) {
        String zulu = OFFSET.matcher(text.strip()).replaceFirst(" GMT");
        return ACCEPTED.stream().flatMap(form -> parse(zulu, form).stream()).findFirst();
    }

    private static Optional<Instant> parse(String text, DateTimeFormatter form) {
        try {
            return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException other) {
            return Optional.empty();
        }
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US);
    }
}
