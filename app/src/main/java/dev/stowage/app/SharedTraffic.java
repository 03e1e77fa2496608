package dev.stowage.app;

import dev.stowage.core.access.Principal;
import dev.stowage.http.error.RequestException;
import dev.stowage.http.error.TooBusy;
import dev.stowage.http.protocol.RequestControl;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.traffic.Traffic;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Request;

/** The limits, meters and checks of the HTTP API, for the requests of the S3 API. */
final class SharedTraffic implements Traffic {

    private final RequestControl control;

    SharedTraffic(RequestControl control) {
        this.control = control;
    }

    @Override
    public void name(Request request, String operation) {
        control.name(request, "s3 " + operation);
    }

    @Override
    public void admit(Request request, Principal caller, BooleanSupplier isValid) {
        orSlowDown(() -> control.admit(request, caller, isValid));
    }

    @Override
    public <E extends Exception> void upload(Request request, Principal caller, Work<E> upload) throws E {
        orSlowDown(() -> control.upload(request, caller, upload::run));
    }

    @Override
    public <E extends Exception> void download(Request request, Work<E> download) throws E {
        orSlowDown(() -> control.download(download::run));
    }

    @Override
    public <E extends Exception> void turn(Work<E> piece) throws E {
        control.turn(piece::run);
    }

    @Override
    public void noteSmall() {
        control.noteSmall();
    }

    @Override
    public void failed(Request request, S3ErrorCode error, RuntimeException failure) {
        control.failed(request, error.status(), error.id(), failure);
    }

    private static <E extends Exception> void orSlowDown(Work<E> work) throws E {
        try {
            work.run();
        } catch (RequestException | TooBusy refused) {
            throw new S3ErrorException(S3ErrorCode.SLOW_DOWN, "Please reduce your request rate.");
        }
    }
}
