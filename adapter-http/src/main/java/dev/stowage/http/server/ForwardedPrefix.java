package dev.stowage.http.server;

import dev.stowage.http.exchange.PublicAddress;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Stores the path prefix that a proxy sends in {@code X-Forwarded-Prefix}. Several proxies in a chain each add a value. A value that is not
 * a plain path is ignored, because it would appear in URLs and pages.
 */
final class ForwardedPrefix implements HttpConfiguration.Customizer {

    private static final String HEADER = "X-Forwarded-Prefix";
    private static final int MAX_LENGTH = 1024;
    private static final Pattern PREFIX = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*+/?");

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        StringBuilder prefix = new StringBuilder();
        for (String part :
                String.join(",", request.getHeaders().getValuesList(HEADER)).split(",", -1)) {
            String value = part.strip();
            if (value.length() > MAX_LENGTH
                    || !value.startsWith("/")
                    || !PREFIX.matcher(value).matches()) {
                return request;
            }
            prefix.append(value, 0, value.endsWith("/") ? value.length() - 1 : value.length());
        }
        if (prefix.length() > 0) {
            request.setAttribute(PublicAddress.PREFIX, prefix.toString());
        }
        return request;
    }
}
