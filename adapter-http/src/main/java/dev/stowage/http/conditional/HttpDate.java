package dev.stowage.http.conditional;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dates in header fields (RFC 9110, section 5.6.7): the one form to send and the three to accept. */
public final class HttpDate {

    private static final DateTimeFormatter FIXDATE = formatter("EEE, dd MMM yyyy HH:mm:ss 'GMT'");

    private static final List<DateTimeFormatter> FORMS = List.of(
            FIXDATE,
            // RFC 850: a two-digit year, read as 1970 to 2069.
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.US),
            // asctime: a day of one digit has a space before it.
            formatter("EEE MMM ppd HH:mm:ss yyyy"));

    private HttpDate() {}

    /** Parses a date; empty when the text is not a valid date, so that conditions on it are ignored (section 13.1.3). */
    static Optional<Instant> parse(String text) {
        for (DateTimeFormatter form : FORMS) {
            try {
                return Optional.of(LocalDateTime.parse(text.strip(), form).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException ignored) {
                // It may have one of the other forms.
            }
        }
        return Optional.empty();
    }

    /** Formats a time for a header field, to the second. */
    public static String format(Instant time) {
        return FIXDATE.format(time.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US);
    }
}
