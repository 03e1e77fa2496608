package dev.stowage.core.lifecycle;

import java.util.Optional;

/**
 * The search for files that are older than their rule.
 *
 * @param version of all rules in which this rule was changed last
 * @param token where the listing continues; empty for its beginning
 */
public record RuleScan(LifecycleRule rule, long version, Optional<String> token) {}
