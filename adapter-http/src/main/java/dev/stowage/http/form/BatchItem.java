package dev.stowage.http.form;

import dev.stowage.core.object.ObjectInfo;
import java.util.Optional;

/**
 * The result of one file of a batch.
 *
 * @param key as sent
 * @param message for people
 * @param error the code of the failure; empty when the file was stored
 * @param stored the file; empty when it was not stored
 */
record BatchItem(String key, String message, Optional<String> error, Optional<ObjectInfo> stored) {}
