@NullMarked
package dev.stowage.worker.webhook;

import org.jspecify.annotations.NullMarked;
