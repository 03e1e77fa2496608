package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.file.Files;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.port.ListQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Files concatenated from partial uploads. */
final class ConcatenationTest extends ResumableSuite {

    @Test
    void partials_areConcatenatedToAFile() throws IOException {
        ResumableId first = partial("The quick brown ");
        ResumableId second = partial("fox");

        ResumableStatus made = concatenation.concatenate(
                ME, KEY, ObjectAttributes.DEFAULT, List.of(second, first, second), "memo", Preconditions.NONE);

        assertThat(text(KEY)).isEqualTo("foxThe quick brown fox");
        assertThat(made.isComplete()).isTrue();
        ResumableStatus later = append.ask(ME, made.resumption().id());
        assertThat(later.offset()).isEqualTo(22);
        assertThat(later.resumption().memo()).isEqualTo("memo");
    }

    @Test
    void incompletePartial_orNone_createsNoFile() {
        ResumableId open =
                create.createPartial(ME, OptionalLong.of(5), "").resumption().id();
        ResumableId file = create(OptionalLong.of(5));

        for (ResumableId id : List.of(open, file)) {
            assertThatThrownBy(() -> concatenation.concatenate(
                            ME, KEY, ObjectAttributes.DEFAULT, List.of(id), "", Preconditions.NONE))
                    .isInstanceOf(InvalidInput.class);
        }
        assertThatThrownBy(() -> concatenation.concatenate(
                        ME, KEY, ObjectAttributes.DEFAULT, List.of(ResumableId.random()), "", Preconditions.NONE))
                .isInstanceOf(NotFound.class);
        assertThat(storage.objects().stat(KEY)).isEmpty();
    }

    @Test
    void partials_areHidden() {
        ResumableId id = partial("abc");
        ObjectKey key = session(id).key();
        Files list = new Files(storage.objects(), Optional.empty(), LAYOUT, POLICY, Long.MAX_VALUE);

        assertThat(list.list(ME, ListQuery.of(KeyPrefix.ALL)).objects()).isEmpty();
        assertThat(list.list(ME, new ListQuery(KeyPrefix.ALL, Optional.of("/"), 100, Optional.empty()))
                        .commonPrefixes())
                .isEmpty();
        assertThatThrownBy(() -> KeyLayout.parse("open").check(key)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void completedPartials_expire() {
        ResumableId id = partial("abc");
        ObjectKey key = session(id).key();
        ExpirePartialUploads expire =
                new ExpirePartialUploads(storage.objects(), sessions, POLICY, clock, Duration.ofHours(1));

        assertThat(expire.expire()).isZero();
        clock.advance(Duration.ofMinutes(61));

        assertThat(expire.expire()).isEqualTo(1);
        assertThat(storage.objects().stat(key)).isEmpty();
        assertThatThrownBy(() -> append.ask(ME, id)).isInstanceOf(NotFound.class);
    }

    private ResumableId partial(String text) {
        ResumableId id = create.createPartial(ME, OptionalLong.of(text.length()), "")
                .resumption()
                .id();
        assertThat(send(id, 0, text).isComplete()).isTrue();
        return id;
    }
}
