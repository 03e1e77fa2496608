package dev.stowage.core.upload;

import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UploadSessions;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What uploads that go on at a byte are made with. The members are the caller's, to be closed by it after the last upload.
 *
 * @param memory that parts are gathered in
 * @param locker of this process
 * @param events hears what happens
 * @param executor stores a part while the next one comes; may run what it is given at once, in the caller's thread
 */
public record ResumableContext(
        Storage storage,
        UploadSessions sessions,
        UploadMemory memory,
        UploadLocker locker,
        UploadEvents events,
        Executor executor,
        InstantSource clock) {}
