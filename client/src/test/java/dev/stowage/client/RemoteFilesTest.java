package dev.stowage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemoteFilesTest extends RemoteFilesSuite {

    @Test
    void stat_ofAMissingFile_saysSo() {
        assertThatThrownBy(() -> files.stat("raw/demo/none")).isInstanceOfSatisfying(StowageException.class, e -> {
            assertThat(e.status()).isEqualTo(404);
            assertThat(e.error()).isEqualTo("FileNotFound");
            assertThat(e).hasMessage("No file at raw/demo/none");
        });
    }

    @Test
    void list_returnsPages_andDeleteTellsWhetherThereWasAFile() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            files.put("raw/demo/" + name, new byte[1], UploadOptions.DEFAULT);
        }

        FileListing first = files.list("raw/demo/", "", Optional.empty());
        FileListing second = files.list("raw/demo/", "", first.next());

        assertThat(first.files()).extracting(FileListing.Entry::key).containsExactly("raw/demo/a", "raw/demo/b");
        assertThat(second.files()).extracting(FileListing.Entry::key).containsExactly("raw/demo/c");
        assertThat(second.next()).isEmpty();
        assertThat(files.delete("raw/demo/a")).isTrue();
        assertThat(files.delete("raw/demo/a")).isFalse();
    }

    @Test
    void address_ofAnUnreachableService_isInTheMessage() throws Exception {
        service.close();

        assertThatThrownBy(() -> client(RetryPolicy.of(Duration.ZERO)).files().stat(KEY))
                .isInstanceOfSatisfying(StowageException.class, e -> {
                    assertThat(e.error()).isEqualTo(StowageException.UNREACHABLE);
                    assertThat(e.status()).isZero();
                    assertThat(e).hasMessageContaining(service.address().toString());
                });
    }
}
