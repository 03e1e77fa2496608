package dev.stowage.http.account;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.apikey.ApiKeyManagement;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JSON fields of rights: actions, projects, and prefixes, of which the empty one stands for all files. */
final class RightsFields {

    private static final String ACTIONS = "actions";
    private static final String PROJECTS = "projects";
    private static final String PREFIXES = "prefixes";

    private RightsFields() {}

    static List<String> actions(Rights rights) {
        return rights.actions().stream().sorted().map(Action::id).toList();
    }

    static List<String> projects(Rights rights) {
        return rights.scopes().stream()
                .flatMap(scope -> scope instanceof Scope.Project project ? Stream.of(project.id()) : Stream.empty())
                .sorted()
                .toList();
    }

    static List<String> prefixes(Rights rights) {
        return rights.scopes().stream()
                .flatMap(scope -> {
                    if (scope instanceof Scope.Everything) {
                        return Stream.of("");
                    }
                    return scope instanceof Scope.Under under
                            ? Stream.of(under.prefix().value())
                            : Stream.empty();
                })
                .sorted()
                .toList();
    }

    /**
     * Returns the rights that the fields state.
     *
     * @param actions null for {@link ApiKeyManagement#USUAL_ACTIONS}
     * @throws InvalidInput when a value is not valid; {@code detail.field} says where
     */
    static Rights parse(
            @Nullable List<@Nullable String> actions,
            @Nullable List<@Nullable String> projects,
            @Nullable List<@Nullable String> prefixes) {
        Set<Action> named = actions == null
                ? ApiKeyManagement.USUAL_ACTIONS
                : texts(ACTIONS, actions).map(RightsFields::action).collect(Collectors.toSet());
        Set<Scope> scopes = new HashSet<>();
        texts(PROJECTS, projects).forEach(project -> scopes.add(project(project)));
        texts(PREFIXES, prefixes).forEach(prefix -> scopes.add(prefix(prefix)));
        return new Rights(scopes, named);
    }

    private static Action action(String text) {
        return Action.named(text)
                .orElseThrow(() -> InvalidInput.ofField(
                        ACTIONS,
                        "No such action; the actions are "
                                + Stream.of(Action.values()).map(Action::id).collect(Collectors.joining(", "))));
    }

    private static Scope project(String text) {
        try {
            return new Scope.Project(text);
        } catch (IllegalArgumentException e) {
            throw InvalidInput.ofField(PROJECTS, String.valueOf(e.getMessage()));
        }
    }

    private static Scope prefix(String text) {
        return text.isEmpty() ? new Scope.Everything() : new Scope.Under(new KeyPrefix(text));
    }

    private static Stream<String> texts(String field, @Nullable List<@Nullable String> values) {
        return values == null
                ? Stream.empty()
                : values.stream().map(value -> {
                    if (value == null) {
                        throw InvalidInput.ofField(field, "The field " + field + " must be a list of texts");
                    }
                    return value;
                });
    }
}
