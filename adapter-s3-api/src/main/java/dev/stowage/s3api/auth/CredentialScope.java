package dev.stowage.s3api.auth;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a signing key is derived for. Any region is accepted: the service is in none, and clients sign with the one they are configured with.
 *
 * @param date such as {@code 20260101}
 */
record CredentialScope(String date, String region) {

    private static final String SERVICE = "s3";
    private static final String END = "aws4_request";

    private static final Pattern DATE = Pattern.compile("[0-9]{8}");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /** Parses {@code DATE/REGION/s3/aws4_request}. Empty when it has another form. */
    static Optional<CredentialScope> parse(String text) {
        String[] parts = text.split("/", -1);
        boolean valid = parts.length == 4
                && DATE.matcher(parts[0]).matches()
                && REGION.matcher(parts[1]).matches()
                && parts[2].equals(SERVICE)
                && parts[3].equals(END);
        return valid ? Optional.of(new CredentialScope(parts[0], parts[1])) : Optional.empty();
    }

    /** Returns the parts from which a signing key is derived, in order. */
    String[] parts() {
        return new String[] {date, region, SERVICE, END};
    }

    @Override
    public String toString() {
        return String.join("/", parts());
    }
}
