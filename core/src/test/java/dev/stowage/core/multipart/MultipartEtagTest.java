package dev.stowage.core.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.object.Etag;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MultipartEtagTest {

    /** The output of {@code (printf a | md5sum; printf b | md5sum) | cut -c-32 | xxd -r -p | md5sum}. */
    @Test
    void tag_isTheDigestOfTheDigestsAndTheirNumber() {
        Etag a = new Etag("0cc175b9c0f1b6a831c399e269772661");
        Etag b = new Etag("92eb5ffee6ae2fec3ad71c777531578f");

        assertThat(MultipartEtag.of(List.of(a, b))).contains(new Etag("96e024ba2074fe77e8e965ba43a704be-2"));
        assertThat(MultipartEtag.of(List.of(a))).contains(new Etag("b6ff9a06b7e20bcb2858c5b8ff744aea-1"));
    }

    @Test
    void tag_ofPartsThatHaveNoMd5_isUnknown() {
        Etag md5 = new Etag("0cc175b9c0f1b6a831c399e269772661");

        for (String other : new String[] {"abc", "0CC175B9C0F1B6A831C399E269772661", md5.value() + "-1"}) {
            assertThat(MultipartEtag.of(List.of(md5, new Etag(other)))).isEmpty();
        }
    }
}
