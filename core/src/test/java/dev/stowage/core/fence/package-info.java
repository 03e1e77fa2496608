@NullMarked
package dev.stowage.core.fence;

import org.jspecify.annotations.NullMarked;
