package dev.stowage.http.resumable;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.VirtualThreads;

/** The threads that store parts while requests receive the next ones: virtual threads where the JDK has them (21 and later). */
public final class UploadThreads {

    private static final int MAX_THREADS = 64;
    private static final int IDLE_SECONDS = 10;

    private UploadThreads() {}

    /** Returns an executor that runs tasks in the caller's thread when all others are busy. Idle threads end. */
    public static Executor executor() {
        if (VirtualThreads.areSupported()) {
            return VirtualThreads.getNamedVirtualThreadsExecutor("upload-");
        }
        return new ThreadPoolExecutor(
                0,
                MAX_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> {
                    Thread thread = new Thread(work, "upload");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
    }
}
