@NullMarked
package dev.stowage.core.object;

import org.jspecify.annotations.NullMarked;
