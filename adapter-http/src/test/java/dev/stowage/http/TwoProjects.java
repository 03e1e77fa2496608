package dev.stowage.http;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.config.Secret;
import dev.stowage.core.port.Authenticator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** {@code alice} has project p1, {@code mallory} has p2; both have all rights there, and neither may read the metrics. */
final class TwoProjects implements Authenticator {
    @Override
    public Optional<Principal> authenticate(Secret credential) {
        return switch (credential.value()) {
            case "alice" -> Optional.of(of("alice", "p1"));
            case "mallory" -> Optional.of(of("mallory", "p2"));
            default -> Optional.empty();
        };
    }

    static Principal of(String name, String project) {
        EnumSet<Action> actions = EnumSet.complementOf(EnumSet.of(Action.METRICS));
        return Principal.of("key:" + name, name, new Rights(Set.of(new Scope.Project(project)), actions));
    }
}
