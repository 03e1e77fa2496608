package dev.stowage.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All rules by which files expire. Immutable. Rules that were read from a service keep fields that this version does not know, so that
 * changing one rule leaves the others as they are. They also keep their version, so that they replace only the rules that were read.
 */
public final class ExpiryRules {

    /** No rules. */
    public static final ExpiryRules NONE = new ExpiryRules(List.of(), Optional.empty());

    private final List<JsonNode> rules;
    private final Optional<String> etag;

    private ExpiryRules(List<JsonNode> rules, Optional<String> etag) {
        this.rules = List.copyOf(rules);
        this.etag = etag;
    }

    /** Returns these rules. */
    public static ExpiryRules of(List<ExpiryRule> rules) {
        return new ExpiryRules(
                rules.stream().map(rule -> (JsonNode) rule.json()).toList(), Optional.empty());
    }

    /**
     * Reads the JSON of rules, as {@code PUT /api/v1/lifecycle} takes it: {@code {"rules": […]}}. What is in the rules is checked by the
     * service.
     *
     * @throws IllegalArgumentException when the text is not such JSON
     */
    public static ExpiryRules parse(String json) {
        JsonNode body = JsonFields.parse(json.getBytes(StandardCharsets.UTF_8));
        if (!body.path("rules").isArray()) {
            throw new IllegalArgumentException("is not JSON with a list of rules: {\"rules\": [...]}");
        }
        return of(body, Optional.empty());
    }

    /** @param etag of the version that was read; empty for rules that replace any others */
    static ExpiryRules of(JsonNode body, Optional<String> etag) {
        List<JsonNode> rules = new ArrayList<>();
        body.path("rules").forEach(rules::add);
        return new ExpiryRules(rules, etag);
    }

    /** Returns the rules. @throws StowageException when one of them is not valid */
    public List<ExpiryRule> list() {
        return rules.stream().map(rule -> ExpiryRule.of(new JsonFields(rule))).toList();
    }

    /** Returns the rules with another one, which replaces the rule with its prefix and id. */
    public ExpiryRules with(ExpiryRule rule) {
        List<JsonNode> all = new ArrayList<>(without(rule.prefix(), rule.id()).rules);
        all.add(rule.json());
        return new ExpiryRules(all, etag);
    }

    /** Returns the rules without one; the same rules if there is none with this prefix and id. */
    public ExpiryRules without(String prefix, String id) {
        List<JsonNode> others = rules.stream()
                .filter(rule -> !rule.path("prefix").asText().equals(prefix)
                        || !rule.path("id").asText().equals(id))
                .toList();
        return new ExpiryRules(others, etag);
    }

    /** Returns the JSON that {@link #parse} reads. */
    public String toJson() {
        return json().toString();
    }

    /** The version of the service's rules that these may replace; empty for any. */
    Optional<String> etag() {
        return etag;
    }

    ObjectNode json() {
        ObjectNode json = JsonFields.newObject();
        json.putArray("rules").addAll(rules);
        return json;
    }

    /** Whether the rules are the same, of whichever version. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ExpiryRules same && same.rules.equals(rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    @Override
    public String toString() {
        return "ExpiryRules" + rules;
    }
}
