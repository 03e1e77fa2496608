package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.testkit.InMemoryStorage;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FrameworkErrorsTest {

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.over(new InMemoryStorage());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void unknownPath_isNotFound_inTheOneShape() {
        HttpResponse<byte[]> response = service.get("/nowhere");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(RunningService.text(response))
                .contains("\"error\":\"NotFound\"")
                .contains("request_id");
    }
}
