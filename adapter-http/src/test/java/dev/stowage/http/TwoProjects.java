package dev.stowage.http;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.config.Secret;
import dev.stowage.core.port.service.Authenticator;
import dev.stowage.core.port.service.Principals;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** {@code alice} has project p1, {@code mallory} has p2; both have all rights there, and neither may read the metrics. */
final class TwoProjects implements Authenticator, Principals {
    @Override
    public Optional<Principal> authenticate(Secret credential) {
        return switch (credential.value()) {
            case "alice" -> Optional.of(of("alice", "p1"));
            case "mallory" -> Optional.of(of("mallory", "p2"));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<Principal> find(String id) {
        return id.startsWith("key:") ? authenticate(new Secret(id.substring("key:".length()))) : Optional.empty();
    }

    static Principal of(String name, String project) {
        EnumSet<Action> actions = EnumSet.complementOf(EnumSet.of(Action.METRICS));
        return Principal.of("key:" + name, name, new Rights(Set.of(new Scope.Project(project)), actions));
    }
}
