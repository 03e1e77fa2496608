package dev.stowage.s3api.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.s3api.request.HeaderLines;
import dev.stowage.s3api.request.RequestHead;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTargetTest {

    @ParameterizedTest
    @CsvSource({
        "s3.example.com,           /,          ,       ",
        "s3.example.com:9091,      /b,         b,      ",
        "s3.example.com,           /b/,        b,      ",
        "s3.example.com,           /b/k/l,     b,      k/l",
        "b.s3.example.com,         /,          b,      ",
        "b.S3.example.com:9091,    /k/l,       b,      k/l",
        "my.b.s3.example.com,      /k,         my.b,   k",
        "xs3.example.com,          /b/k,       b,      k",
        "127.0.0.1:9091,           /b//k,      b,      /k",
        "[::1]:9091,               /b/k,       b,      k",
    })
    void bucketsAreInThePath_orInTheHost(String host, String path, String bucket, String object) {
        RequestHead head = RequestHead.of("GET", path, "", new HeaderLines().add("Host", host));

        RequestTarget target = RequestTarget.of(head, Optional.of("s3.example.com"));

        assertThat(target.bucket()).isEqualTo(Optional.ofNullable(bucket));
        assertThat(target.object()).isEqualTo(Optional.ofNullable(object));
    }
}
