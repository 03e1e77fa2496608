package dev.stowage.core.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Settings by name. Reading never fails: an invalid value is reported and replaced by its default, so that all mistakes are found at once.
 * An empty value counts as not set.
 *
 * <p>For the thread that starts the service.
 */
public final class Settings {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

    private final Map<String, String> values;
    private final String prefix;
    private final Set<String> names;
    private final List<String> problems;

    /** @param values text by name, such as the process environment */
    public Settings(Map<String, String> values) {
        this(Map.copyOf(values), "", new HashSet<>(), new ArrayList<>());
    }

    private Settings(Map<String, String> values, String prefix, Set<String> names, List<String> problems) {
        this.values = values;
        this.prefix = prefix;
        this.names = names;
        this.problems = problems;
    }

    /**
     * Returns a view of the settings whose names begin with a prefix, under the rest of their names: of the view within {@code A_},
     * {@code text("B")} is the setting {@code A_B}. Names and problems are recorded in these settings, with the prefix.
     */
    public Settings within(String beginning) {
        return new Settings(values, prefix + beginning, names, problems);
    }

    /** Returns the text, if it is set. */
    public Optional<String> text(String name) {
        names.add(prefix + name);
        return Optional.ofNullable(values.get(prefix + name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Returns the text, or {@code fallback}. */
    public String text(String name, String fallback) {
        return text(name).orElse(fallback);
    }

    /**
     * Returns all settings whose names begin with a prefix, by name. For the settings of a library, which {@link #names()} does not
     * contain.
     */
    public Map<String, Secret> startingWith(String beginning) {
        Map<String, Secret> found = new TreeMap<>();
        values.forEach((name, text) -> {
            if (name.startsWith(prefix + beginning) && !text.isBlank()) {
                found.put(name.substring(prefix.length()), new Secret(text.strip()));
            }
        });
        return found;
    }

    /** Returns the secret, if it is set. */
    public Optional<Secret> secret(String name) {
        return text(name).map(Secret::new);
    }

    /** Returns {@code true} or {@code false}, in any case. */
    public boolean flag(String name, boolean fallback) {
        return read(name, fallback, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is neither true nor false");
        });
    }

    /** Returns a whole number within bounds, both included. */
    public int number(String name, int fallback, int min, int max) {
        return read(name, fallback, text -> (int) bounded(parseLong(text), min, max));
    }

    /** Returns a size in bytes within bounds, both included: {@code 16MiB}, {@code 1GB} or a plain number. */
    public long size(String name, long fallback, long min, long max) {
        return read(name, fallback, text -> bounded(Units.size(text), min, max));
    }

    /** Returns a duration within bounds, both included: {@code 90s}, {@code 5m}, {@code 24h} or {@code 7d}. */
    public Duration duration(String name, Duration fallback, Duration min, Duration max) {
        return read(name, fallback, text -> {
            Duration value = Units.duration(text);
            if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
                throw new IllegalArgumentException("is not between " + Units.show(min) + " and " + Units.show(max));
            }
            return value;
        });
    }

    /** Returns an absolute http or https URL without user name and password; a reported problem shows neither. */
    public Optional<URI> url(String name) {
        Optional<String> text = text(name);
        try {
            return text.map(Settings::parseUrl);
        } catch (IllegalArgumentException e) {
            problem(name, "'" + withoutUser(text.orElse("")) + "' " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Returns a URL likewise, of which http is accepted only on a loopback address.
     *
     * @param why completes the reported problem: {@code is http; use https, because …}
     */
    public Optional<URI> secureUrl(String name, String why) {
        Optional<URI> url = url(name);
        if (url.isPresent()
                && !"https".equalsIgnoreCase(url.get().getScheme())
                && !LOOPBACK.matcher(url.get().getHost()).matches()) {
            problem(name, "is http; use https, because " + why);
        }
        return url;
    }

    /** Returns the result of {@code parser}; an {@link IllegalArgumentException} is reported with its message. */
    public <T> T read(String name, T fallback, Function<String, T> parser) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            return parser.apply(text.get());
        } catch (IllegalArgumentException e) {
            problem(name, "'" + text.get() + "' " + e.getMessage());
            return fallback;
        }
    }

    /**
     * Returns a setting that has no default. When it is not set, that is reported, and the text is empty.
     *
     * @param todo what to do then, for example "name the bucket"
     */
    public String required(String name, String todo) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            problem(name, "is missing; " + todo);
        }
        return text.orElse("");
    }

    /** Reports that the setting {@code name} is missing or invalid. */
    public void problem(String name, String what) {
        problems.add(prefix + name + ": " + what);
    }

    /** Returns all reported problems, in order. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Returns the names of all settings that were read, set or not. */
    public Set<String> names() {
        return Set.copyOf(names);
    }

    private static long bounded(long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("is not between " + min + " and " + max);
        }
        return value;
    }

    private static long parseLong(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is not a whole number", e);
        }
    }

    private static URI parseUrl(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
                throw new IllegalArgumentException("contains a user name, which this URL must not have");
            }
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URL", e);
        }
        throw new IllegalArgumentException("is not a URL such as http://localhost:4566");
    }

    /** A mistyped URL may not parse, so everything before the last @ may contain a password. */
    private static String withoutUser(String url) {
        int end = url.lastIndexOf('@');
        if (end < 0) {
            return url;
        }
        int scheme = url.indexOf("://");
        return (scheme < 0 || scheme > end ? "" : url.substring(0, scheme + 3)) + "***" + url.substring(end);
    }
}
