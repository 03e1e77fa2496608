package dev.stowage.core.key;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The layout that every key written through the service must follow.
 *
 * <p>A template is a sequence of segments joined by {@code /}: plain text, {@code {name}} for one segment, {@code {name=a|b}} for one of
 * some words, and, at the end, {@code {name**}} for one or more segments. A variable named {@code project_id} matches 1 to 128 of
 * {@code A-Z a-z 0-9 . _ -}, beginning with a letter or digit. {@code open} matches every key.
 *
 * <p>With any template, keys that are written are in Unicode NFC, have no empty segment and no slash at the beginning or the end, and
 * contain none of U+2028, U+2029, U+FEFF and the bidirectional controls.
 *
 * <p>Immutable and safe for concurrent use.
 */
public final class KeyLayout {

    /** The default template. */
    public static final String DEFAULT_TEMPLATE = "{stage=raw|processed}/{project_id}/{filename**}";

    private static final String OPEN = "open";
    private static final Pattern VARIABLE =
            Pattern.compile("\\{(?<name>[a-z][a-z0-9_]*)(?:=(?<words>[^{}=*]+)|(?<rest>\\*\\*))?}");

    private final String template;
    private final List<LayoutSegment> segments;
    private final Set<String> reserved;

    private KeyLayout(String template, List<LayoutSegment> segments, Set<String> reserved) {
        this.template = template;
        this.segments = segments;
        this.reserved = reserved;
    }

    /**
     * Parses a template.
     *
     * @throws IllegalArgumentException when it can't be parsed; the message says where and why
     */
    public static KeyLayout parse(String template) {
        if (template.equals(OPEN)) {
            return new KeyLayout(OPEN, List.of(), Set.of());
        }
        List<LayoutSegment> segments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String text : template.split("/", -1)) {
            if (!segments.isEmpty() && segments.get(segments.size() - 1) instanceof LayoutSegment.Rest rest) {
                throw new IllegalArgumentException("{" + rest.name() + "**} must be the last segment");
            }
            LayoutSegment segment = parseSegment(text);
            if (segment instanceof LayoutSegment.Variable variable && !names.add(variable.name())) {
                throw new IllegalArgumentException("the variable " + variable.name() + " appears twice");
            }
            segments.add(segment);
        }
        return new KeyLayout(template, List.copyOf(segments), Set.of());
    }

    /**
     * Returns this layout without keys that the service can't accept because their paths have another meaning.
     *
     * @param names the reserved keys; one that ends with a slash stands for all keys under it
     * @throws IllegalArgumentException when no valid key is left; the message says why
     */
    public KeyLayout reserving(Set<String> names) {
        KeyLayout layout = new KeyLayout(template, segments, Set.copyOf(names));
        if (layout.isReserved(template)) {
            throw new IllegalArgumentException("all its keys are reserved for the service's own routes; "
                    + "begin it with a segment other than " + template.split("/", 2)[0]);
        }
        return layout;
    }

    /**
     * Returns the variables of {@code key} in the template's order. Empty when the key does not fit, or violates a rule for all written
     * keys.
     */
    public Optional<Map<String, String>> match(ObjectKey key) {
        return KeyRules.objection(key.value()).isPresent() ? Optional.empty() : variables(key);
    }

    private Optional<Map<String, String>> variables(ObjectKey key) {
        if (segments.isEmpty()) {
            return Optional.of(Map.of());
        }
        Map<String, String> variables = new LinkedHashMap<>();
        String rest = key.value();
        for (int i = 0; i < segments.size(); i++) {
            LayoutSegment segment = segments.get(i);
            boolean takesAll = segment instanceof LayoutSegment.Rest;
            int slash = takesAll ? -1 : rest.indexOf('/');
            boolean last = i == segments.size() - 1;
            if ((slash < 0) != last) {
                return Optional.empty();
            }
            String text = slash < 0 ? rest : rest.substring(0, slash);
            if (!segment.accepts(text)) {
                return Optional.empty();
            }
            if (segment instanceof LayoutSegment.Variable variable) {
                variables.put(variable.name(), text);
            }
            rest = rest.substring(Math.min(rest.length(), text.length() + 1));
        }
        return Optional.of(Collections.unmodifiableMap(variables));
    }

    /**
     * Checks that a key may be written: it satisfies the rules for all written keys, fits the template, and is not reserved. Every
     * operation that writes an object calls this before it stores anything.
     *
     * @throws InvalidInput when the key may not be written; {@code detail.reason} says why
     */
    public void check(ObjectKey key) {
        refuse(KeyRules.objection(key.value()));
        if (variables(key).isEmpty() || HiddenKeys.contains(key.value())) {
            throw new InvalidInput(
                    ErrorCode.INVALID_KEY,
                    "The key " + key + " does not fit the layout " + template,
                    Map.of("reason", "layout", "layout", template, "key", key.value()));
        }
        if (isReserved(key.value())) {
            throw new InvalidInput(
                    ErrorCode.INVALID_KEY,
                    "The key " + key + " is reserved for one of the service's own routes; choose another key",
                    Map.of("reason", "reserved", "key", key.value()));
        }
    }

    /**
     * Checks that a folder may have a marker: an empty object whose key is the beginning of its files' keys, up to a slash.
     *
     * @throws InvalidInput when the key does not end with a slash, or no key may begin with it; {@code detail.reason} says why
     */
    public void checkFolder(ObjectKey key) {
        if (!key.isFolder() || HiddenKeys.contains(key.value())) {
            throw new InvalidInput(
                    ErrorCode.INVALID_KEY,
                    "The key " + key + " is not that of a folder",
                    Map.of("reason", "folder", "key", key.value()));
        }
        check(new KeyPrefix(key.value()), "key");
    }

    /**
     * Checks that written keys may begin with a prefix, as far as its complete segments determine that.
     *
     * @param field the request's field with the prefix, for the error's detail
     * @throws InvalidInput when no such key may begin with it; {@code detail.reason} says why
     */
    public void check(KeyPrefix prefix, String field) {
        Optional<KeyRules.Objection> objection = KeyRules.violationOfPrefix(prefix.value());
        if (objection.isPresent()) {
            throw new InvalidInput(
                    ErrorCode.INVALID_KEY,
                    field + " " + objection.get().what(),
                    Map.of("reason", objection.get().reason(), "field", field));
        }
        if (!admits(prefix)) {
            throw new InvalidInput(
                    ErrorCode.INVALID_KEY,
                    "No key that begins with " + prefix + " fits the layout " + template,
                    Map.of("reason", "layout", "layout", template, "field", field));
        }
        if (reserved.stream()
                .anyMatch(name -> name.endsWith("/") && prefix.value().startsWith(name))) {
            throw new InvalidInput(
                    ErrorCode.INVALID_KEY,
                    "All keys that begin with " + prefix + " are reserved for the service's own routes; choose another "
                            + field,
                    Map.of("reason", "reserved", "field", field));
        }
    }

    /**
     * Returns the project of a key: the segment at {@code {project_id}} in the template, if all segments before it fit. The rest need not
     * fit: objects from before the layout was configured belong to the project in whose folder they are. Empty when the key has no project.
     */
    public Optional<String> project(ObjectKey key) {
        return project(key.segments());
    }

    /** Whether the layout has projects. */
    public boolean hasProjects() {
        return segments.stream()
                .anyMatch(segment -> segment instanceof LayoutSegment.Variable variable && variable.isProject());
    }

    /** Returns the project of all keys under a prefix, or empty when they may belong to several projects, or to none. */
    public Optional<String> project(KeyPrefix prefix) {
        List<String> parts = List.of(prefix.value().split("/", -1));
        // The text after the last slash may be the beginning of several segments.
        return project(parts.subList(0, parts.size() - 1));
    }

    /**
     * Returns the key that the template makes of variables. If a variable with a choice of words is missing, the first word is used.
     * {@code open} uses the variable {@code filename} unchanged.
     *
     * @throws InvalidInput when a variable is missing, or the resulting key does not fit
     */
    public ObjectKey fill(Map<String, String> variables) {
        if (segments.isEmpty()) {
            ObjectKey key = new ObjectKey(required(variables, "filename"));
            check(key);
            return key;
        }
        List<String> texts = new ArrayList<>();
        for (LayoutSegment segment : segments) {
            if (segment instanceof LayoutSegment.Literal literal) {
                texts.add(literal.text());
            } else if (segment instanceof LayoutSegment.OneOf one) {
                texts.add(variables.getOrDefault(one.name(), one.words().get(0)));
            } else if (segment instanceof LayoutSegment.Variable variable) {
                texts.add(required(variables, variable.name()));
            }
        }
        ObjectKey key = new ObjectKey(String.join("/", texts));
        check(key);
        return key;
    }

    /** Returns the names of the template's variables. */
    public Set<String> variables() {
        return segments.isEmpty()
                ? Set.of("filename")
                : segments.stream()
                        .flatMap(segment -> segment instanceof LayoutSegment.Variable variable
                                ? Stream.of(variable.name())
                                : Stream.empty())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private boolean admits(KeyPrefix prefix) {
        if (segments.isEmpty()) {
            return true;
        }
        String[] whole = prefix.value().split("/", -1);
        for (int i = 0; i < whole.length - 1; i++) {
            LayoutSegment segment = i < segments.size() ? segments.get(i) : segments.get(segments.size() - 1);
            boolean rest = segment instanceof LayoutSegment.Rest;
            // A slash after the last segment would begin another one, unless the last one matches the rest.
            if (!segment.accepts(whole[i]) || (i >= segments.size() - 1 && !rest)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the template as it was configured. */
    @Override
    public String toString() {
        return template;
    }

    /** @param whole the complete segments at the beginning of a key */
    private Optional<String> project(List<String> whole) {
        for (int i = 0; i < Math.min(whole.size(), segments.size()); i++) {
            LayoutSegment segment = segments.get(i);
            if (!segment.accepts(whole.get(i))) {
                return Optional.empty();
            }
            if (segment instanceof LayoutSegment.Variable variable && variable.isProject()) {
                return Optional.of(whole.get(i));
            }
        }
        return Optional.empty();
    }

    private boolean isReserved(String key) {
        return reserved.stream().anyMatch(name -> name.endsWith("/") ? key.startsWith(name) : key.equals(name));
    }

    private static void refuse(Optional<KeyRules.Objection> objection) {
        if (objection.isPresent()) {
            throw objection.get().toError();
        }
    }

    private String required(Map<String, String> variables, String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new InvalidInput(
                    ErrorCode.INVALID_KEY,
                    "No key was sent, and no " + name + " to build one by the layout " + template,
                    Map.of("reason", "missing", "variable", name));
        }
        return value;
    }

    private static LayoutSegment parseSegment(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(
                    "it has an empty segment; it must neither begin nor end with / nor contain //");
        }
        if (text.indexOf('{') < 0 && text.indexOf('}') < 0) {
            return new LayoutSegment.Literal(keyText(text));
        }
        Matcher variable = VARIABLE.matcher(text);
        if (!variable.matches()) {
            throw new IllegalArgumentException("'" + text + "' is neither plain text nor a variable such as {name}, "
                    + "{name=a|b} or {name**}, with a name of a-z 0-9 _");
        }
        String name = variable.group("name");
        String words = variable.group("words");
        if (words != null) {
            return new LayoutSegment.OneOf(
                    name,
                    Stream.of(words.split("\\|", -1)).map(KeyLayout::keyText).toList());
        }
        return variable.group("rest") != null ? new LayoutSegment.Rest(name) : new LayoutSegment.AnyOne(name);
    }

    private static String keyText(String text) {
        try {
            ObjectKey key = new ObjectKey(text);
            refuse(KeyRules.objection(text));
            return key.value();
        } catch (InvalidInput e) {
            throw new IllegalArgumentException("'" + text + "' can't be part of a key: " + e.getMessage(), e);
        }
    }
}
