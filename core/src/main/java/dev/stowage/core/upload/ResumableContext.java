package dev.stowage.core.upload;

import dev.stowage.core.port.Storage;
import dev.stowage.core.port.records.UploadSessions;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * The dependencies that the use cases of resumable uploads share. Their creator closes them after the last upload.
 *
 * @param memory for the parts that are being received
 * @param locker of this process
 * @param events receives the events of uploads
 * @param executor stores a part while the next one is read; may run tasks in the caller's thread
 */
record ResumableContext(
        Storage storage,
        UploadSessions sessions,
        UploadMemory memory,
        UploadLocker locker,
        UploadEvents events,
        Executor executor,
        InstantSource clock) {

    ResumableContext withEvents(UploadEvents other) {
        return new ResumableContext(storage, sessions, memory, locker, other, executor, clock);
    }
}
