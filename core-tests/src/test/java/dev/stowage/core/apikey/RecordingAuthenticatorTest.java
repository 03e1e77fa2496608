package dev.stowage.core.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.Action;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.config.Secret;
import dev.stowage.core.port.records.PrincipalStore;
import dev.stowage.testkit.TestClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RecordingAuthenticatorTest {

    private static final Principal ALICE = alice(Set.of(Action.READ, Action.JOBS));
    private static final Principal WITH_LESS = alice(Set.of(Action.JOBS));

    private final List<Principal> notes = new ArrayList<>();
    private Optional<Principal> next = Optional.empty();
    private final RecordingAuthenticator authenticator =
            new RecordingAuthenticator(credential -> next, new Notes(), new TestClock());

    @Test
    void principal_isRecordedOnce_andAgainWhenItsRightsChange() {
        assertThat(ask()).isEmpty();
        next = Optional.of(ALICE);
        assertThat(ask()).contains(ALICE);
        assertThat(ask()).contains(ALICE);
        next = Optional.of(WITH_LESS);
        assertThat(ask()).contains(WITH_LESS);

        assertThat(notes).containsExactly(ALICE, WITH_LESS);
    }

    @Test
    void newerCredentialWithTheSameRights_isNotRecordedAgain() {
        for (int i = 0; i < 3; i++) {
            next = Optional.of(ALICE.until(Optional.of(Instant.EPOCH.plusSeconds(i))));
            assertThat(ask()).isEqualTo(next);
        }

        assertThat(notes).containsExactly(ALICE);
    }

    private Optional<Principal> ask() {
        return authenticator.authenticate(new Secret("a.b.c"));
    }

    private static Principal alice(Set<Action> actions) {
        return Principal.of("jwt:alice", "Alice", new Rights(Set.of(new Scope.Project("p")), actions));
    }

    private final class Notes implements PrincipalStore {
        @Override
        public Optional<Principal> find(String id) {
            return Optional.empty();
        }

        @Override
        public void note(Principal principal, Instant now) {
            notes.add(principal);
        }
    }
}
