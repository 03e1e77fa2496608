package dev.stowage.azure;

import com.azure.core.http.HttpHeaders;
import dev.stowage.core.adapter.EncodedAttributes;
import dev.stowage.core.object.ObjectAttributes;
import java.util.regex.Pattern;

/**
 * The attributes of a blob in the headers of requests and responses.
 *
 * <p>The names of metadata have to be identifiers of C#. Other characters are written as an underscore and their code in two hexadecimal
 * digits: {@code a-b} is {@code a_2db}.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/setting-and-retrieving-properties-and-metadata-for-blob-resources">
 *     Metadata of blobs</a>
 */
final class BlobAttributes {

    private static final String METADATA = "x-ms-meta-";

    /** What {@link #identifier} writes for characters that names of metadata have, but identifiers don't. */
    private static final Pattern ESCAPE = Pattern.compile("_(2d|2e|3[0-9]|5f)");

    /** A character to be escaped: one that identifiers don't have, a digit at the beginning, or an underscore that looks like an escape. */
    private static final Pattern ESCAPED = Pattern.compile("[-.]|^[0-9]|_(?=2d|2e|3[0-9]|5f)");

    private BlobAttributes() {}

    static EncodedAttributes of(ObjectAttributes attributes) {
        return EncodedAttributes.of(attributes, BlobAttributes::identifier);
    }

    /** Returns those in the headers of a response. */
    static EncodedAttributes of(HttpHeaders answer) {
        return EncodedAttributes.ofHeaders(answer.toMap(), METADATA);
    }

    /** Returns headers for a request that writes a blob with these attributes. */
    static HttpHeaders described(EncodedAttributes attributes) {
        return new HttpHeaders(attributes.toHeaders("x-ms-blob-", METADATA));
    }

    static String identifier(String name) {
        return ESCAPED.matcher(name)
                .replaceAll(match -> "_%02x".formatted((int) match.group().charAt(0)));
    }

    static String name(String identifier) {
        return ESCAPE.matcher(identifier).replaceAll(match -> Character.toString(Integer.parseInt(match.group(1), 16)));
    }
}
