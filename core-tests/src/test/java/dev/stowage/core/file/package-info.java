@NullMarked
package dev.stowage.core.file;

import org.jspecify.annotations.NullMarked;
