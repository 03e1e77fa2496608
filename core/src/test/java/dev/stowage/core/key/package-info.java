@NullMarked
package dev.stowage.core.key;

import org.jspecify.annotations.NullMarked;
