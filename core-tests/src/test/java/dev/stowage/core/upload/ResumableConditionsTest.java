package dev.stowage.core.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.error.NotSupported;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.Preconditions;
import dev.stowage.core.object.TagList;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.signal.ProcessSignals;
import dev.stowage.testkit.InMemorySessions;
import dev.stowage.testkit.InMemoryStorage;
import dev.stowage.testkit.TestClock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Conditions of resumable uploads on stores that decide some conditions, or none. */
final class ResumableConditionsTest {

    private static final Preconditions IF_MATCH =
            new Preconditions(Optional.of(TagList.parse("If-Match", "\"a\"")), Optional.empty(), Optional.empty());

    @Test
    void create_ifAbsent_onStoreThatDecidesOnlyThis_begins() {
        Fixture uploads = new Fixture(Set.of(Capability.IF_ABSENT));

        assertThat(uploads.create(Preconditions.IF_ABSENT).session().key()).isEqualTo(ResumableSuite.KEY);
        assertThatThrownBy(() -> uploads.create(IF_MATCH)).isInstanceOf(NotSupported.class);
        assertThatThrownBy(() -> uploads.create(IF_MATCH.andAbsent())).isInstanceOf(NotSupported.class);
    }

    @Test
    void create_ifAbsent_onExistingFile_isRefused() {
        Fixture uploads = new Fixture(Set.of(Capability.IF_ABSENT));
        uploads.storage.objects().put(ResumableSuite.KEY, Content.of(new byte[1]), PutOptions.DEFAULT);

        assertThatThrownBy(() -> uploads.create(Preconditions.IF_ABSENT)).isInstanceOf(PreconditionFailed.class);
    }

    @Test
    void create_underACondition_onStoreThatDecidesNone_isNotSupported() {
        Fixture uploads = new Fixture(Set.of());

        assertThatThrownBy(() -> uploads.create(Preconditions.IF_ABSENT)).isInstanceOf(NotSupported.class);
    }

    private static final class Fixture {

        private final TestClock clock = new TestClock();
        private final InMemoryStorage storage;
        private final CreateResumable create;

        Fixture(Set<Capability> capabilities) {
            storage = new InMemoryStorage(InMemoryStorage.TINY_PARTS, capabilities, clock);
            InMemorySessions sessions = new InMemorySessions();
            ResumableContext context = new ResumableContext(
                    storage,
                    sessions,
                    new UploadMemory(1 << 20),
                    new UploadLocker(new ProcessSignals(), sessions.resumable()),
                    UploadEvents.NONE,
                    Runnable::run,
                    clock);
            PartSizes sizes = new PartSizes(storage.uploads().limits(), ResumableSuite.PART);
            create = new CreateResumable(
                    context, ResumableSuite.LAYOUT, ResumableSuite.POLICY, sizes, Integer.MAX_VALUE);
        }

        ResumableStatus create(Preconditions conditions) {
            return create.create(
                    ResumableSuite.ME,
                    ResumableSuite.KEY,
                    ObjectAttributes.DEFAULT,
                    OptionalLong.of(1000),
                    "",
                    conditions);
        }
    }
}
