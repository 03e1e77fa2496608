package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.Api.Paths;
import dev.stowage.it.service.Api.Reply;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ranges, conditions and the headers of downloads. */
class DownloadIT extends ServiceSuite {

    private static final byte[] BODY = bytes(1000);

    private String path;
    private String etag;

    @BeforeEach
    void store() {
        etag = api.store(key("a.bin"), BODY).header("ETag");
        path = Paths.DOWNLOAD + key("a.bin");
    }

    @Test
    void range_returnsOnlyTheseBytes() {
        Reply reply = api.get(path, "Range", "bytes=10-19");

        assertThat(reply.status()).isEqualTo(206);
        assertThat(reply.header("Content-Range")).isEqualTo("bytes 10-19/1000");
        assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(BODY, 10, 20));
    }

    @Test
    void suffixRange_returnsTheEnd() {
        Reply reply = api.get(path, "Range", "bytes=-5");

        assertThat(reply.status()).isEqualTo(206);
        assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(BODY, 995, 1000));
    }

    @Test
    void severalRanges_areMultipart() {
        Reply reply = api.get(path, "Range", "bytes=0-1,500-501");

        assertThat(reply.status()).isEqualTo(206);
        assertThat(reply.header("Content-Type")).startsWith("multipart/byteranges; boundary=");
        assertThat(reply.text()).contains("Content-Range: bytes 0-1/1000", "Content-Range: bytes 500-501/1000");
    }

    @Test
    void rangeOutside_is416WithTheSize() {
        Reply reply = api.get(path, "Range", "bytes=1000-");

        assertThat(reply.status()).isEqualTo(416);
        assertThat(reply.header("Content-Range")).isEqualTo("bytes */1000");
        assertThat(reply.error()).isEqualTo("RangeNotSatisfiable");
    }

    @Test
    void ifNoneMatch_withTheTag_is304() {
        Reply reply = api.get(path, "If-None-Match", etag);

        assertThat(reply.status()).isEqualTo(304);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header("ETag")).isEqualTo(etag);
    }

    @Test
    void ifMatch_withAnotherTag_is412() {
        assertThat(api.get(path, "If-Match", "\"other\"").status()).isEqualTo(412);
        assertThat(api.get(path, "If-Match", etag).status()).isEqualTo(200);
    }

    @Test
    void ifRange_withAnotherTag_returnsTheWholeFile() {
        assertThat(api.get(path, "Range", "bytes=0-0", "If-Range", "\"other\"").status())
                .isEqualTo(200);
        assertThat(api.get(path, "Range", "bytes=0-0", "If-Range", etag).status())
                .isEqualTo(206);
    }

    @Test
    void head_isTheDownloadWithoutItsBody() {
        Reply reply = api.head(path);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Length")).isEqualTo("1000");
        assertThat(reply.header("ETag")).isEqualTo(etag);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void inline_canNotRunInTheServicesOrigin() {
        Reply inline = api.get(path + "?disposition=inline");

        assertThat(inline.header("Content-Disposition")).startsWith("inline");
        assertThat(inline.header("Content-Security-Policy")).contains("sandbox");
        assertThat(api.get(path).header("Content-Disposition")).startsWith("attachment");
        assertThat(api.get(path + "?disposition=other").status()).isEqualTo(400);
    }
}
