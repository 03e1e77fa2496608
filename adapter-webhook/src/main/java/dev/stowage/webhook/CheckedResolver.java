package dev.stowage.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves the hosts of receivers and checks every address. The client connects to the addresses that are returned and asks for no other
 * ones, so a name whose addresses change after the check (DNS rebinding) is of no use.
 */
final class CheckedResolver implements DnsResolver {

    private final AddressPolicy policy;
    private final Names names;

    /** Resolves names. */
    @FunctionalInterface
    interface Names {
        /** Returns all addresses of a host: a name or an address. */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    CheckedResolver(AddressPolicy policy, Names names) {
        this.policy = policy;
        this.names = names;
    }

    /** @throws UnknownHostException also when events may not be sent to one of the addresses; clients can't tell the difference */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.addresses(host);
        if (addresses.length == 0 || !Stream.of(addresses).allMatch(policy::allows)) {
            throw new UnknownHostException(host);
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
