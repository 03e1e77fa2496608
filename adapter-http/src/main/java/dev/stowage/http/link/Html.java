package dev.stowage.http.link;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The frame of the pages of links. They have no scripts and load nothing. */
final class Html {

    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#8886;--accent:#1d4ed8;--on-accent:#fff}
            @media (prefers-color-scheme:dark){:root{--accent:#93b4ff;--on-accent:#0b1020}}
            body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:44rem;padding:2rem 1rem}
            h1{font-size:1.4rem;overflow-wrap:anywhere}
            a{color:var(--accent)}
            table{border-collapse:collapse;width:100%}
            th,td{border-bottom:1px solid var(--line);padding:.4rem .5rem .4rem 0;text-align:left;overflow-wrap:anywhere}
            th+th,td+td{text-align:right;white-space:nowrap}
            label{display:block;font-weight:600;margin-bottom:.25rem}
            input{box-sizing:border-box;font:inherit;margin-bottom:1rem;max-width:100%;padding:.4rem;width:100%}
            button,.button{background:var(--accent);border:0;border-radius:.3rem;color:var(--on-accent);cursor:pointer;
            display:inline-block;font:inherit;padding:.5rem 1rem;text-decoration:none}
            :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
            """;

    /** The header fields of every page. The sandbox keeps same-origin, without which the cookie of a password would not be sent. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Type",
            "text/html; charset=utf-8",
            "Content-Security-Policy",
            "default-src 'none'; style-src 'sha256-" + digest(STYLE) + "'; form-action 'self'; base-uri 'none'; "
                    + "frame-ancestors 'none'; sandbox allow-forms allow-same-origin allow-downloads",
            "Referrer-Policy",
            "no-referrer",
            "X-Content-Type-Options",
            "nosniff",
            "Cache-Control",
            "no-store",
            "X-Robots-Tag",
            "noindex",
            "Vary",
            "Accept");

    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB"};

    private Html() {}

    /** @param body of the page, as HTML */
    static String page(String title, String body) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escape(title)
                + "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>" + STYLE
                + "</style></head><body><main><h1>" + escape(title) + "</h1>" + body + "</main></body></html>\n";
    }

    /** Returns text as the content of an element, or as the value of an attribute in double quotes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Returns text as the value of a query parameter. */
    static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns the path of a name, whose slashes stay. */
    static String path(String name) {
        return Arrays.stream(name.split("/", -1)).map(Html::query).collect(Collectors.joining("/"));
    }

    /** Returns a size as people read it. */
    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        double value = bytes / 1024.0;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    private static String digest(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
