@NullMarked
package dev.stowage.core.quota;

import org.jspecify.annotations.NullMarked;
