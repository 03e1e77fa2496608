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
 * The shape that every key has to have that is written through the service.
 *
 * <p>A template is a row of segments joined by {@code /}: plain text, {@code {name}} for one segment, {@code {name=a|b}} for
 * one of some words, and, last, {@code {name**}} for one segment or more. A variable named {@code project_id} takes 1 to 128 of
 * {@code A-Z a-z 0-9 . _ -}, beginning with a letter or digit. {@code open} takes every key.
 *
 * <p>Whatever the template, keys that are written are in Unicode NFC, have no empty segment and no slash at an end, and contain none of
 * U+2028, U+2029, U+FEFF and the bidirectional controls.
 *
 * <p>Immutable, so safe for concurrent use.
 */
public final class KeyLayout {

    /** The layout of a service that was not told otherwise. */
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
     * Reads a template.
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
     * This layout, but for keys that the service can't take because their paths mean something else.
     *
     * @param names keys; one that ends in a slash stands for all keys under it
     * @throws IllegalArgumentException when no key is left; the message says why
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
     * The variables of {@code key} in the template's order. Empty when the key does not fit, or breaks a rule that holds for all keys that
     * are written.
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
     * Passes a key that may be written: one that keeps the rules for all such keys, fits the template, and is not reserved. Everything
     * that gives an object a key asks this before it stores anything.
     *
     * @throws InvalidInput when the key must not be written; {@code detail.reason} says why
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
     * Passes what keys that are written may begin with, as far as its whole segments tell.
     *
     * @param field which field of the request has the prefix; stands in the error's detail
     * @throws InvalidInput when no such key can begin so; {@code detail.reason} says why
     */
    public void check(KeyPrefix prefix, String field) {
        Optional<KeyRules.Objection> objection = KeyRules.objectionToBeginning(prefix.value());
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
     * The project that a key belongs to: what stands where the template has {@code {project_id}}, when all before it fits, too. Whether
     * the rest fits counts for nothing here: what was in the store before the layout was chosen is the project's in whose folder it
     * stands. Empty when there is none.
     */
    public Optional<String> project(ObjectKey key) {
        return project(key.segments());
    }

    /** Whether keys belong to projects at all. */
    public boolean hasProjects() {
        return segments.stream()
                .anyMatch(segment -> segment instanceof LayoutSegment.Variable variable && variable.isProject());
    }

    /** The project that all keys belong to that begin so; empty when they may be of several, or of none. */
    public Optional<String> project(KeyPrefix prefix) {
        List<String> parts = List.of(prefix.value().split("/", -1));
        // What follows the last slash may be the beginning of more than one segment.
        return project(parts.subList(0, parts.size() - 1));
    }

    /**
     * The key that the template makes of variables. Where it takes one of some words and none is given, it is the first. {@code open} takes
     * the variable {@code filename} as it is.
     *
     * @throws InvalidInput when a variable is missing, or they make no key that fits
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

    /** The names of the template's variables. */
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
            // A slash after the last segment begins one too many, unless that takes all.
            if (!segment.accepts(whole[i]) || (i >= segments.size() - 1 && !rest)) {
                return false;
            }
        }
        return true;
    }

    /** The template as it was written. */
    @Override
    public String toString() {
        return template;
    }

    /** @param whole segments that a key begins with */
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
