package dev.stowage.http.download;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.object.HeaderAttribute;
import dev.stowage.core.object.ObjectInfo;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Content-Disposition} of a stored file's response: the file's own if it is valid by RFC 6266. An invalid one is ignored,
 * because browsers read such values in different ways and show some of them inline.
 */
public final class FileDisposition {

    private static final Pattern FILENAME =
            Pattern.compile("(?i);[ \\t]*filename[ \\t]*=[ \\t]*\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Pattern EXTENDED = Pattern.compile("(?i);[ \\t]*filename\\*[ \\t]*=");

    private FileDisposition() {}

    /** Returns the object's own value; empty when it has none or an invalid one. */
    public static Optional<DispositionHeader> own(ObjectInfo info) {
        return info.attributes()
                .headers()
                .get(HeaderAttribute.CONTENT_DISPOSITION)
                .flatMap(FileDisposition::parse);
    }

    /**
     * Returns the value for a download: the requested type, or the object's own, or {@code attachment}; with the object's own file name, or
     * the last segment of the key.
     */
    static String of(Optional<Disposition> asked, ObjectInfo info) {
        DispositionHeader own = own(info).orElse(DispositionHeader.ATTACHMENT);
        String text = asked.map(disposition -> own.withType(disposition.token()))
                .orElse(own)
                .text();
        return own.hasFilename()
                ? text
                : text + ContentDisposition.parameters(info.key().filename());
    }

    /** Returns the value for a file that is to be saved, whatever its own says; with its own file name, or the last segment of the key. */
    public static String attachment(ObjectInfo info) {
        return of(Optional.of(Disposition.ATTACHMENT), info);
    }

    /** Moves a non-ASCII file name, which a header can't carry, to {@code filename*} (RFC 8187). */
    private static Optional<DispositionHeader> parse(String text) {
        StringBuilder ascii = new StringBuilder();
        text.codePoints().map(c -> c < 0x7F ? c : '_').forEach(ascii::appendCodePoint);
        try {
            DispositionHeader header = DispositionHeader.parse(ascii.toString());
            Matcher filename = FILENAME.matcher(text);
            boolean complete =
                    ascii.toString().equals(text) || EXTENDED.matcher(text).find();
            return Optional.of(
                    complete || !filename.find()
                            ? header
                            : new DispositionHeader(
                                    header.type(),
                                    header.parameters()
                                            + ContentDisposition.extended(
                                                    filename.group(1).replaceAll("\\\\(.)", "$1"))));
        } catch (InvalidInput notByTheGrammar) {
            return Optional.empty();
        }
    }
}
