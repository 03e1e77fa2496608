package dev.stowage.postgres;

import dev.stowage.core.config.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database URL in the form of PostgreSQL's own clients: {@code postgresql://USER:PASSWORD@HOST:PORT,HOST2/DATABASE?sslmode=require}.
 *
 * @param hosts one or more of {@code HOST:PORT}, separated by commas
 * @param parameters parameters of the connection, by the driver's names
 */
record DatabaseUrl(
        String hosts,
        String database,
        Optional<String> user,
        Optional<Secret> password,
        Map<String, String> parameters) {

    private static final Pattern HOST =
            Pattern.compile("(?<name>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?");
    private static final int DEFAULT_PORT = 5432;
    private static final int MAX_PORT = 65_535;

    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final Set<String> FILES = Set.of("sslrootcert", "sslcert", "sslkey");
    /** Accepted because URLs of clusters often have it. Connections lead to the primary with or without it. */
    private static final String SESSION = "target_session_attrs";

    /** The same by the name that JDBC URLs have for it. */
    private static final String SERVER = "targetServerType";

    private static final Set<String> PRIMARY = Set.of("read-write", "primary");

    /** The driver's names of the parameters. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("sslmode", "sslmode"),
            Map.entry("sslrootcert", "sslrootcert"),
            Map.entry("sslcert", "sslcert"),
            Map.entry("sslkey", "sslkey"),
            Map.entry("sslnegotiation", "sslNegotiation"),
            Map.entry("channel_binding", "channelBinding"),
            Map.entry("application_name", "ApplicationName"),
            Map.entry("options", "options"),
            // 0 for a pooler that does not support prepared statements.
            Map.entry("prepareThreshold", "prepareThreshold"),
            Map.entry(SESSION, SESSION),
            Map.entry(SERVER, SESSION));

    DatabaseUrl {
        parameters = Map.copyOf(parameters);
    }

    /** @throws IllegalArgumentException when the text is not such a URL; the message contains no part that may be secret */
    static DatabaseUrl parse(String text) {
        Matcher url = Pattern.compile(
                        "postgres(?:ql)?://(?<authority>[^/?#]*)/(?<database>[^/?#]+)(?:\\?(?<query>[^#]*))?")
                .matcher(text);
        if (!url.matches()) {
            throw new IllegalArgumentException(
                    "is not a URL such as postgresql://HOST:5432/DATABASE?sslmode=verify-full;"
                            + " in a user name or password, write special characters such as / ? # as %2F %3F %23, or set"
                            + " DATABASE_USER and DATABASE_PASSWORD");
        }
        String authority = url.group("authority");
        int at = authority.lastIndexOf('@');
        String[] userInfo = at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);
        return new DatabaseUrl(
                hosts(authority.substring(at + 1)),
                decoded("the name of the database", url.group("database")),
                userInfo.length == 0 || userInfo[0].isEmpty()
                        ? Optional.empty()
                        : Optional.of(decoded("the user name", userInfo[0])),
                userInfo.length < 2 ? Optional.empty() : Optional.of(new Secret(decoded("the password", userInfo[1]))),
                parameters(Optional.ofNullable(url.group("query")).orElse("")));
    }

    private static String hosts(String text) {
        StringBuilder hosts = new StringBuilder();
        for (String part : text.split(",", -1)) {
            Matcher host = HOST.matcher(part);
            if (!host.matches()) {
                throw new IllegalArgumentException("names no host, or one that is not HOST or HOST:PORT");
            }
            int port = Optional.ofNullable(host.group("port"))
                    .map(Integer::parseInt)
                    .orElse(DEFAULT_PORT);
            if (port < 1 || port > MAX_PORT) {
                throw new IllegalArgumentException("has a port that is not between 1 and " + MAX_PORT);
            }
            hosts.append(hosts.isEmpty() ? "" : ",")
                    .append(host.group("name"))
                    .append(':')
                    .append(port);
        }
        return hosts.toString();
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String name = parts[0];
            String driverName = NAMES.get(name);
            if (driverName == null || parts.length < 2) {
                throw new IllegalArgumentException("has a parameter that is not one of "
                        + String.join(", ", new TreeSet<>(NAMES.keySet())) + ", each with a value");
            }
            String value = decoded("the value of " + name, parts[1]);
            check(name, value);
            if (parameters.put(driverName, value) != null) {
                throw new IllegalArgumentException("has the parameter " + name + " twice");
            }
        }
        parameters.remove(SESSION);
        return new TreeMap<>(parameters);
    }

    private static void check(String name, String value) {
        if (name.equals("sslmode") && !SSL_MODES.contains(value)) {
            throw new IllegalArgumentException(
                    "has an sslmode that is not one of " + String.join(", ", new TreeSet<>(SSL_MODES)));
        }
        if (name.equals("prepareThreshold") && !value.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException("has a prepareThreshold that is not a whole number");
        }
        if (name.equals(SESSION) && !PRIMARY.contains(value)) {
            throw new IllegalArgumentException("has " + SESSION + " other than read-write; only a primary can be used");
        }
        if (name.equals(SERVER) && !value.equals("primary")) {
            throw new IllegalArgumentException("has " + SERVER + " other than primary; only a primary can be used");
        }
        if (FILES.contains(name) && !Files.isReadable(Path.of(value))) {
            throw new IllegalArgumentException("has " + name + " with a file that is missing or can't be read");
        }
    }

    private static String decoded(String what, String text) {
        String decoded;
        try {
            // A plus sign means a space only in forms.
            decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Its message may contain a part of the password.
            throw new IllegalArgumentException(what + " has a % that begins no escape; write it as %25");
        }
        if (decoded.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " contains a NUL character");
        }
        return decoded;
    }
}
