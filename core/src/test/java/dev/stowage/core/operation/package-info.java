@NullMarked
package dev.stowage.core.operation;

import org.jspecify.annotations.NullMarked;
