@NullMarked
package dev.stowage.worker.job;

import org.jspecify.annotations.NullMarked;
