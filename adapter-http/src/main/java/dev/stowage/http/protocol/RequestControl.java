package dev.stowage.http.protocol;

import dev.stowage.core.access.Principal;
import dev.stowage.http.access.Caller;
import dev.stowage.http.error.FailureLog;
import dev.stowage.http.error.Problem;
import dev.stowage.http.limit.Account;
import dev.stowage.http.limit.RequestRate;
import dev.stowage.http.limit.TransferLimiter;
import dev.stowage.http.limit.UploadSlots;
import dev.stowage.http.ops.RequestMeters;
import dev.stowage.http.revocation.LiveRequests;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Request;

/**
 * The limits, meters and checks of the HTTP API, for the requests of other protocols. Safe for concurrent use. Methods that refuse a request
 * throw {@link dev.stowage.http.error.RequestException} with status 429, or {@link dev.stowage.http.error.TooBusy}.
 */
public final class RequestControl {

    private final RequestRate rate;
    private final UploadSlots uploads;
    private final TransferLimiter transfers;
    private final LiveRequests live;
    private final FailureLog failures = new FailureLog(System::nanoTime);

    public RequestControl(RequestRate rate, UploadSlots uploads, TransferLimiter transfers, LiveRequests live) {
        this.rate = rate;
        this.uploads = uploads;
        this.transfers = transfers;
        this.live = live;
    }

    /** Names the operation of a request for the meters, which keep a few names. */
    public void name(Request request, String operation) {
        request.setAttribute(RequestMeters.ROUTE, operation);
    }

    /**
     * Counts a request whose caller is known, and cuts it off when its credential ends.
     *
     * @param isValid whether the credential is still valid; called from other threads
     */
    public void admit(Request request, Principal caller, BooleanSupplier isValid) {
        Caller.set(request, caller);
        live.track(request, isValid);
        rate.count(account(request, caller), (name, value) -> {});
    }

    /** Runs an upload while it has a slot of its caller, and one of all transfers. */
    public <E extends Exception> void upload(Request request, Principal caller, TransferLimiter.Work<E> upload)
            throws E {
        uploads.run(account(request, caller), () -> transfers.run(upload));
    }

    /** Runs a download while it has one of the slots of all transfers. */
    public <E extends Exception> void download(TransferLimiter.Work<E> download) throws E {
        transfers.run(download);
    }

    /** Runs a short piece of a transfer in turn with those of others. */
    public <E extends Exception> void turn(TransferLimiter.Work<E> piece) throws E {
        transfers.turns().run(piece);
    }

    /** Must be called at the end of a request that was no transfer: transfers take turns after it. */
    public void noteSmall() {
        transfers.noteSmall();
    }

    /** Logs the failure of a request, unless its client caused it. */
    public void failed(Request request, int status, String code, Exception failure) {
        failures.log(
                new Problem(status, code, ""),
                failure,
                () -> request.getAttribute(RequestMeters.ROUTE) instanceof String operation
                        ? operation
                        : request.getMethod(),
                request.getHttpURI().getPath());
    }

    private static Account account(Request request, Principal caller) {
        return Account.of(caller, Request.getRemoteAddr(request));
    }
}
