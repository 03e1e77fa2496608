package dev.stowage.core.object;

import dev.stowage.core.key.ObjectKey;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Determines the media type of a file when the client does not send a valid one. */
public final class MediaTypes {

    /** Each type with its file extensions. */
    private static final String TABLE = """
            application/gzip gz tgz
            application/java-archive jar
            application/json json map
            application/msword doc
            application/pdf pdf
            application/rtf rtf
            application/vnd.apache.parquet parquet
            application/vnd.ms-excel xls
            application/vnd.ms-powerpoint ppt
            application/vnd.oasis.opendocument.presentation odp
            application/vnd.oasis.opendocument.spreadsheet ods
            application/vnd.oasis.opendocument.text odt
            application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
            application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
            application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
            application/wasm wasm
            application/x-7z-compressed 7z
            application/x-bzip2 bz2
            application/x-ndjson ndjson jsonl
            application/x-tar tar
            application/x-xz xz
            application/xml xml xsd xsl
            application/yaml yaml yml
            application/zip zip
            application/zstd zst
            audio/aac aac
            audio/flac flac
            audio/mp4 m4a
            audio/mpeg mp3
            audio/ogg ogg oga opus
            audio/wav wav
            font/otf otf
            font/ttf ttf
            font/woff woff
            font/woff2 woff2
            image/avif avif
            image/bmp bmp
            image/gif gif
            image/heic heic
            image/jpeg jpg jpeg
            image/png png
            image/svg+xml svg
            image/tiff tif tiff
            image/vnd.microsoft.icon ico
            image/webp webp
            text/calendar ics
            text/css css
            text/csv csv
            text/html html htm
            text/javascript js mjs
            text/markdown md
            text/plain txt log text conf ini
            text/tab-separated-values tsv
            text/vcard vcf
            video/mp4 mp4 m4v
            video/mpeg mpeg mpg
            video/quicktime mov
            video/webm webm
            video/x-matroska mkv
            video/x-msvideo avi
            """;

    private static final Map<String, ContentType> BY_EXTENSION = byExtension();

    private MediaTypes() {}

    /** Returns the type of the key's file extension, in any case, or {@link ContentType#OCTET_STREAM}. */
    public static ContentType guess(ObjectKey key) {
        String name = key.filename();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        boolean none = extension.length() == name.length();
        return none ? ContentType.OCTET_STREAM : BY_EXTENSION.getOrDefault(extension, ContentType.OCTET_STREAM);
    }

    /**
     * Parses a type from a client library. Libraries send {@code undefined}, {@code image} or an extension for an unknown type; text that
     * is not a media type becomes {@link ContentType#OCTET_STREAM}.
     */
    public static ContentType lenient(@Nullable String text) {
        return text == null ? ContentType.OCTET_STREAM : ContentType.orDefault(text.strip());
    }

    private static Map<String, ContentType> byExtension() {
        Map<String, ContentType> types = new HashMap<>();
        for (String line : TABLE.split("\n", -1)) {
            String[] words = line.split(" ", -1);
            for (int i = 1; i < words.length; i++) {
                types.put(words[i], new ContentType(words[0]));
            }
        }
        return Map.copyOf(types);
    }
}
