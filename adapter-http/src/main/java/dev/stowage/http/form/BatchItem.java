package dev.stowage.http.form;

import dev.stowage.core.object.ObjectInfo;
import java.util.Optional;

/**
 * What became of one file of a batch.
 *
 * @param key as it was sent
 * @param message for people
 * @param stored the file, when it was stored
 */
record BatchItem(String key, String message, Optional<ObjectInfo> stored) {}
