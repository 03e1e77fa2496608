@NullMarked
package dev.stowage.core.job;

import org.jspecify.annotations.NullMarked;
