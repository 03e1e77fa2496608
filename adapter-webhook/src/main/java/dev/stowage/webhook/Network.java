package dev.stowage.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses, as of RFC 4632, section 3.1, and RFC 4291, section 2.3.
 *
 * @param first an address in it, of 4 or 16 bytes
 * @param bits the length of the prefix that its addresses have in common
 */
public record Network(InetAddress first, int bits) {

    private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** Parses an address, such as {@code 192.168.1.7}, or a network, such as {@code 10.0.0.0/8} or {@code fd00::/8}. */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
        int length = address.getAddress().length * Byte.SIZE;
        if (slash < 0) {
            return new Network(address, length);
        }
        String bits = text.substring(slash + 1);
        if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > length) {
            throw new IllegalArgumentException("has a prefix that is not between /0 and /" + length);
        }
        return new Network(address, Integer.parseInt(bits));
    }

    private static InetAddress address(String text) {
        // Anything else would be looked up as a name.
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            throw malformed(null);
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw malformed(e);
        }
    }

    private static IllegalArgumentException malformed(@Nullable Exception cause) {
        return new IllegalArgumentException(
                "is not a list of addresses and networks, such as 10.0.0.0/8,192.168.1.7", cause);
    }

    /** Whether an address is in it; addresses of another family are not. */
    boolean contains(InetAddress address) {
        byte[] one = first.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
