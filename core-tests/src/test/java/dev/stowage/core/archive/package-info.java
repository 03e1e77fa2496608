@NullMarked
package dev.stowage.core.archive;

import org.jspecify.annotations.NullMarked;
