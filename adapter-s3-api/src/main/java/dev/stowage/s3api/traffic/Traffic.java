package dev.stowage.s3api.traffic;

import dev.stowage.core.access.Principal;
import dev.stowage.s3api.error.S3ErrorCode;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Request;

/**
 * The limits, meters and checks that requests share with those of other protocols of the process. Safe for concurrent use. Methods that
 * refuse a request throw {@link dev.stowage.s3api.error.S3ErrorException} {@code SlowDown}.
 */
public interface Traffic {

    /** Some work that may be refused. */
    @FunctionalInterface
    interface Work<E extends Exception> {

        /** Runs the work. */
        void run() throws E;
    }

    /** Names the operation of a request for the meters; there are few names. */
    void name(Request request, String operation);

    /**
     * Counts a request whose caller is known, and cuts it off when its credential ends.
     *
     * @param isValid whether the credential is still valid
     */
    void admit(Request request, Principal caller, BooleanSupplier isValid);

    /** Runs an upload while it has a slot of its caller, and one of all transfers. */
    <E extends Exception> void upload(Request request, Principal caller, Work<E> upload) throws E;

    /** Runs a download while it has one of the slots of all transfers. */
    <E extends Exception> void download(Request request, Work<E> download) throws E;

    /** Must be called at the end of a request that was neither upload nor download: others take turns after it. */
    void noteSmall();

    /** Logs the failure of a request, unless its client caused it. */
    void failed(Request request, S3ErrorCode error, RuntimeException failure);

    /** Runs a short piece of a transfer in turn with those of others. */
    <E extends Exception> void turn(Work<E> piece) throws E;
}
