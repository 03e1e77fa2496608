package dev.stowage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.error.StorageUnavailable;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.Storage;
import dev.stowage.testkit.InMemoryStorage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestSpansTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final Finished spans = new Finished();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final Storage storage = new InMemoryStorage();
    private final RunningService service = RunningService.traced(storage, telemetry);

    @AfterEach
    void close() {
        service.close();
        telemetry.close();
    }

    @Test
    void request_hasASpan_beneathThatOfTheClient() {
        service.send(service.request("/api/v1/s3/raw/p/a%20b")
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .header("X-Request-Id", "mine")
                .PUT(BodyPublishers.ofString("12345")));

        SpanData span = spans.next();
        assertThat(span.getName()).isEqualTo("PUT /api/v1/s3/<key>");
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(text(span, "http.request.method")).isEqualTo("PUT");
        assertThat(text(span, "url.path")).isEqualTo("/api/v1/s3/raw/p/a%20b");
        assertThat(text(span, "client.address")).isEqualTo("127.0.0.1");
        assertThat(text(span, "stowage.request_id")).isEqualTo("mine");
        assertThat(number(span, "http.response.status_code")).isEqualTo(201);
        assertThat(number(span, "http.request.body.size")).isEqualTo(5);
        assertThat(span.getStatus()).isEqualTo(StatusData.unset());
    }

    @Test
    void query_isNotExported() {
        service.get("/api/v1/s3/list?prefix=raw/p/&marker=SECRET");

        assertThat(spans.next().getAttributes().asMap().toString()).doesNotContain("SECRET");
    }

    @Test
    void invalidParent_beginsATrace() {
        service.send(service.request("/api/v1/s3/list").header("traceparent", "00-zz-1-01"));

        assertThat(spans.next().getParentSpanId()).isEqualTo(SpanId.getInvalid());
    }

    @Test
    void missingFile_isNoError() {
        service.get("/api/v1/s3/download/raw/p/none");

        assertThat(spans.next().getStatus()).isEqualTo(StatusData.unset());
    }

    @Test
    void unavailableStore_isAnError() {
        Storage away = new StorageOf(new ForwardingObjectStore(storage.objects()) {
            @Override
            public ObjectPage list(ListQuery query) {
                throw new StorageUnavailable("away", null);
            }
        });
        try (RunningService failing = RunningService.traced(away, telemetry)) {
            failing.get("/api/v1/s3/list");

            SpanData span = spans.next();
            assertThat(span.getStatus()).isEqualTo(StatusData.error());
            assertThat(text(span, "error.type")).isEqualTo("503");
        }
    }

    @Test
    void unknownMethodAndPath_addNoNames() {
        service.send("MOVE", "/pot");

        SpanData span = spans.next();
        assertThat(span.getName()).isEqualTo("HTTP");
        assertThat(text(span, "http.request.method")).isEqualTo("_OTHER");
    }

    @Test
    void probes_haveNoSpans() {
        service.get("/healthz");
        service.get("/readyz");
        service.get("/metrics");
        service.get("/api/v1/s3/list");

        assertThat(spans.next().getName()).isEqualTo("GET /api/v1/s3/list");
    }

    private static String text(SpanData span, String name) {
        return span.getAttributes().get(AttributeKey.stringKey(name));
    }

    private static Long number(SpanData span, String name) {
        return span.getAttributes().get(AttributeKey.longKey(name));
    }

    /** The spans that have ended; a request's span may do so after the client has the response. */
    private static final class Finished implements SpanExporter {

        private final BlockingQueue<SpanData> spans = new LinkedBlockingQueue<>();

        SpanData next() {
            try {
                return Objects.requireNonNull(spans.poll(10, TimeUnit.SECONDS), "no span has ended");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
