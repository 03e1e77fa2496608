package dev.stowage.worker.job;

import dev.stowage.core.job.NewItem;
import java.util.Optional;

/**
 * A line of a manifest.
 *
 * @param number from 1
 * @param item what it lists; empty for an empty line, or a header
 */
record ManifestLine(long number, Optional<NewItem> item) {}
