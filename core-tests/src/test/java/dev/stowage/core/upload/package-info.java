@NullMarked
package dev.stowage.core.upload;

import org.jspecify.annotations.NullMarked;
