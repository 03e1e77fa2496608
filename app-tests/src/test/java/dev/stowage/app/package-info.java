@NullMarked
package dev.stowage.app;

import org.jspecify.annotations.NullMarked;
