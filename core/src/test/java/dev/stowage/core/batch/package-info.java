@NullMarked
package dev.stowage.core.batch;

import org.jspecify.annotations.NullMarked;
