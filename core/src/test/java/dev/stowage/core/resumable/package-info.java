@NullMarked
package dev.stowage.core.resumable;

import org.jspecify.annotations.NullMarked;
