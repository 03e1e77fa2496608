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
 * Makes a principal of what a token says. What is missing or not understood grants nothing.
 *
 * @param names of the claims that grant something
 */
record ClaimMapping(ClaimNames names) {

    /** Where OAuth has what a token may do (RFC 8693, section 4.2), for every service at once; the second is Microsoft's name. */
    private static final Set<String> SHARED = Set.of("scope", "scp");

    /** Before an action's name it says that this service is meant. */
    private static final String OURS = "stowage:";

    private static final int LONGEST_NAME = 200;

    /** Characters that would steer a terminal or a log. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    /** @param claims of a good token, so with a {@code sub} */
    Principal principal(Map<String, Object> claims) {
        return Principal.of("jwt:" + claims.get("sub"), name(claims), new Rights(scopes(claims), actions(claims)));
    }

    private Set<Scope> scopes(Map<String, Object> claims) {
        Set<Scope> scopes = new HashSet<>();
        words(claims.get(names.projects())).forEach(id -> project(id).ifPresent(scopes::add));
        // A prefix may have blanks in it, so a text is one prefix.
        texts(claims.get(names.prefixes())).forEach(prefix -> under(prefix).ifPresent(scopes::add));
        return scopes;
    }

    private Set<Action> actions(Map<String, Object> claims) {
        return words(claims.get(names.actions()))
                .flatMap(word -> action(word).stream())
                .collect(Collectors.toSet());
    }

    private Optional<Action> action(String word) {
        if (word.startsWith(OURS)) {
            return Action.named(word.substring(OURS.length()));
        }
        return SHARED.contains(names.actions()) ? Optional.empty() : Action.named(word);
    }

    private static Optional<Scope> project(String id) {
        try {
            return Optional.of(new Scope.Project(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The empty prefix, which would be that of every key, is what providers write for somebody who has none. */
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
        String shown = UNSEEN.matcher(chosen).replaceAll("\uFFFD");
        int length = Math.min(LONGEST_NAME, shown.codePointCount(0, shown.length()));
        return shown.substring(0, shown.offsetByCodePoints(0, length));
    }
}
