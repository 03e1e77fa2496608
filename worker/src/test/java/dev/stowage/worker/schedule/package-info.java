@NullMarked
package dev.stowage.worker.schedule;

import org.jspecify.annotations.NullMarked;
