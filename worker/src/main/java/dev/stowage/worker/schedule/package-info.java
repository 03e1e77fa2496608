/** When the work in the background is done. */
@NullMarked
package dev.stowage.worker.schedule;

import org.jspecify.annotations.NullMarked;
