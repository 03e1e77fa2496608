@NullMarked
package dev.stowage.core.access;

import org.jspecify.annotations.NullMarked;
