package dev.stowage.jwt;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.jwt.JwtConfig.ClaimNames;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Maps the claims of a token to a principal. Missing and unknown values grant nothing.
 *
 * @param names the names of the claims that grant rights
 */
record ClaimMapping(ClaimNames names) {

    /**
     * The claims of OAuth with the scopes of a token (RFC 8693, section 4.2), which are shared by all services; the second is Microsoft's
     * name.
     */
    private static final Set<String> SHARED = Set.of("scope", "scp");

    /** The prefix of action names in shared claims that are meant for this service. */
    private static final String ACTION_PREFIX = "stowage:";

    private static final int LONGEST_NAME = 200;

    /** Control characters, which could manipulate a terminal or a log. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    /** @param claims of a valid token, which has a {@code sub} */
    Principal principal(Map<String, Object> claims) {
        return Principal.of("jwt:" + claims.get("sub"), name(claims), new Rights(scopes(claims), actions(claims)));
    }

    private Set<Scope> scopes(Map<String, Object> claims) {
        Set<Scope> scopes = new HashSet<>();
        words(claims.get(names.projects())).forEach(id -> project(id).ifPresent(scopes::add));
        // A prefix may contain spaces, so a string is one prefix.
        texts(claims.get(names.prefixes())).forEach(prefix -> under(prefix).ifPresent(scopes::add));
        return scopes;
    }

    private Set<Action> actions(Map<String, Object> claims) {
        return words(claims.get(names.actions()))
                .flatMap(word -> action(word).stream())
                .collect(Collectors.toSet());
    }

    /** The word {@code admin} alone is left out, because providers use it for roles that have nothing to do with this service. */
    private Optional<Action> action(String word) {
        if (word.startsWith(ACTION_PREFIX)) {
            return Action.named(word.substring(ACTION_PREFIX.length()));
        }
        return SHARED.contains(names.actions())
                ? Optional.empty()
                : Action.named(word).filter(action -> action != Action.ADMIN);
    }

    private static Optional<Scope> project(String id) {
        try {
            return Optional.of(new Scope.Project(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the scope of a prefix. The empty prefix grants nothing: it would match every key, but providers send it for users without
     * any.
     */
    private static Optional<Scope> under(String prefix) {
        try {
            return prefix.isEmpty() ? Optional.empty() : Optional.of(new Scope.Under(new KeyPrefix(prefix)));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private static Stream<String> words(@Nullable Object claim) {
        return claim instanceof String text ? Stream.of(text.split(" ")) : texts(claim);
    }

    private static Stream<String> texts(@Nullable Object claim) {
        Collection<?> values =
                claim instanceof Collection<?> several ? several : claim == null ? List.of() : List.of(claim);
        return values.stream().filter(String.class::isInstance).map(String.class::cast);
    }

    private static String name(Map<String, Object> claims) {
        String chosen = Stream.of("name", "preferred_username", "sub")
                .map(claims::get)
                .flatMap(ClaimMapping::texts)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
        String shown = INVISIBLE.matcher(chosen).replaceAll("\uFFFD");
        int length = Math.min(LONGEST_NAME, shown.codePointCount(0, shown.length()));
        return shown.substring(0, shown.offsetByCodePoints(0, length));
    }
}
