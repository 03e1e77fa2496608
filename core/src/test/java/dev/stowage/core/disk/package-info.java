@NullMarked
package dev.stowage.core.disk;

import org.jspecify.annotations.NullMarked;
