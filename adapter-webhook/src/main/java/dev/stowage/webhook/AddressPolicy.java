package dev.stowage.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses events may be sent to: those of the public Internet, and of the networks that the operator allows.
 *
 * <p>The ranges are those that the registries of special-purpose addresses call not globally reachable
 * (<a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4</a>,
 * <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6</a>), those that lead to IPv4 addresses in other ways, and the
 * metadata services of clouds.
 */
final class AddressPolicy {

    private static final List<Network> SPECIAL_IPV4 = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // The virtual public address of Azure's platform services, which is the same in all of its networks.
            "168.63.129.16/32");

    /** Everything else, such as loopback, link-local, unique local and multicast addresses, is no global unicast. */
    private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

    /** Protocol assignments such as Teredo, documentation, and 6to4. */
    private static final List<Network> SPECIAL_IPV6 = networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /** RFC 6052: the last four bytes are an IPv4 address. */
    private static final Network NAT64 = Network.parse("64:ff9b::/96");

    private static final int IPV4_BYTES = 4;

    private final List<Network> allowed;

    AddressPolicy(List<Network> allowed) {
        this.allowed = allowed;
    }

    /** Whether events may be sent to an address. An IPv4 address that is mapped into IPv6 is an IPv4 address in Java. */
    boolean allows(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address)) || isPublic(address);
    }

    private boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL_IPV4.stream().noneMatch(network -> network.contains(address));
        }
        if (NAT64.contains(address)) {
            byte[] bytes = address.getAddress();
            return allows(ipv4(Arrays.copyOfRange(bytes, bytes.length - IPV4_BYTES, bytes.length)));
        }
        return GLOBAL_UNICAST.contains(address)
                && SPECIAL_IPV6.stream().noneMatch(network -> network.contains(address));
    }

    private static InetAddress ipv4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::parse).toList();
    }
}
