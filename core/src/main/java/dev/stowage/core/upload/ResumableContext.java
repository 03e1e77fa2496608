package dev.stowage.core.upload;

import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadSessions;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What the use cases of resumable uploads share. The members are the caller's, who closes them after the last upload.
 *
 * @param memory in which parts are gathered
 * @param locker of this process
 * @param events is told what happens
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
