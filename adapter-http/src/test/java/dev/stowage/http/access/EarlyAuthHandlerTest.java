package dev.stowage.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.access.AuditLog;
import dev.stowage.core.access.Principal;
import dev.stowage.core.access.Rights;
import dev.stowage.core.error.StorageUnavailable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The handler on its own, before one that reports the principal; delayed responses wait until the test releases them. */
class EarlyAuthHandlerTest {

    private static final String WRONG = "GET /api/v1/s3/list HTTP/1.1\r\nHost: h\r\nX-API-Key: wrong\r\n\r\n";
    private static final String LIST = "GET /api/v1/s3/list HTTP/1.1\r\nHost: h\r\n";

    private final AtomicLong nanoTime = new AtomicLong();
    private final Waiting waiting = new Waiting();
    private final Server server = new Server(null, waiting, null);
    private final LocalConnector connector = new LocalConnector(server);

    @BeforeEach
    void start() throws Exception {
        RequestAuthenticator authenticator = RequestAuthenticator.guardedBy(
                List.of(credential -> switch (credential.value()) {
                    case "good" -> Optional.of(Principal.of("key:1", "somebody", Rights.ALL));
                    case "unknowable" -> throw new StorageUnavailable("The keys can't be read", null);
                    default -> Optional.empty();
                }),
                AuditLog.NONE);
        server.addConnector(connector);
        server.setHandler(
                new EarlyAuthHandler(authenticator, EarlyAuthHandlerTest::refused, new Inside(), nanoTime::get));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void validCredential_isAccepted_andItsPrincipalKnown() throws Exception {
        assertThat(ask(LIST + "Authorization: Bearer good\r\n\r\n"))
                .contains(" 200 ")
                .contains("somebody");
    }

    @Test
    void noCredential_isForTheRouteToJudge() throws Exception {
        assertThat(ask(LIST + "\r\n")).contains(" 200 ").contains("nobody");
    }

    @Test
    void wrongCredential_isRefusedBeforeAnythingElse() throws Exception {
        assertThat(ask(WRONG)).contains(" 401 ").contains("Unauthorized");
    }

    @Test
    void credentialThatCantBeJudged_isNotCalledWrong() throws Exception {
        assertThat(ask(LIST + "X-API-Key: unknowable\r\n\r\n"))
                .contains(" 401 ")
                .contains("StorageUnavailable");
    }

    @Test
    void invalidCredential_onRoutesWithoutAuthentication_isIgnored() throws Exception {
        assertThat(List.of(
                        ask("GET /healthz HTTP/1.1\r\nHost: h\r\nX-API-Key: wrong\r\n\r\n"),
                        ask("GET /api/v1/signed/raw/p/a?x HTTP/1.1\r\nHost: h\r\nX-API-Key: wrong\r\n\r\n"),
                        ask("OPTIONS /api/v1/tus HTTP/1.1\r\nHost: h\r\nX-API-Key: wrong\r\n\r\n")))
                .allSatisfy(answer -> assertThat(answer).contains(" 200 "));
    }

    @Test
    void wrongCredentialOfRequestWithBody_isForTheRouteToJudge() throws Exception {
        String head = "PUT /api/v1/s3/raw/p/a HTTP/1.1\r\nHost: h\r\nX-API-Key: wrong\r\n";

        assertThat(ask(head + "Content-Length: 2\r\n\r\nab")).contains(" 200 ");
        assertThat(ask(head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")).contains(" 200 ");
    }

    @Test
    void veryManyInvalidCredentials_areDelayed_andOtherRequestsAreNot() throws Exception {
        for (int tried = 0; tried < EarlyAuthHandler.AT_ONCE; tried++) {
            assertThat(ask(WRONG)).contains(" 401 ");
        }
        try (LocalConnector.LocalEndPoint oneMore = connector.executeRequest(WRONG)) {
            Runnable answer = waiting.next();
            assertThat(ask(LIST + "X-API-Key: good\r\n\r\n")).contains(" 200 ");
            assertThat(oneMore.getResponseData()).isNull();

            answer.run();

            assertThat(oneMore.getResponse()).contains(" 401 ");
        }
    }

    @Test
    void everySecond_someAreAnsweredAtOnce() throws Exception {
        for (int tried = 0; tried < EarlyAuthHandler.AT_ONCE; tried++) {
            ask(WRONG);
        }
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));

        assertThat(ask(WRONG)).contains(" 401 ");
    }

    private String ask(String request) throws Exception {
        return connector.getResponse(request);
    }

    private static boolean refused(Request request, Response response, Callback callback) {
        Object failure = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        response.setStatus(401);
        response.write(
                true,
                ByteBuffer.wrap(failure.getClass().getSimpleName().getBytes(StandardCharsets.US_ASCII)),
                callback);
        return true;
    }

    private static final class Inside extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Object caller = request.getAttribute(Caller.class.getName());
            String name = caller instanceof Principal principal ? principal.name() : "nobody";
            response.write(true, ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)), callback);
            return true;
        }
    }

    /** Releases delayed responses on demand; other tasks of the server run as usual. */
    private static final class Waiting extends AbstractLifeCycle implements Scheduler {

        private final BlockingQueue<Runnable> delayed = new LinkedBlockingQueue<>();

        @Override
        public Task schedule(Runnable task, long delay, TimeUnit unit) {
            if (unit.toMillis(delay) == DelayQueue.SHORTEST.toMillis()) {
                delayed.add(task);
            }
            return () -> false;
        }

        Runnable next() throws InterruptedException {
            return Objects.requireNonNull(delayed.poll(10, TimeUnit.SECONDS), "nobody waits");
        }
    }
}
