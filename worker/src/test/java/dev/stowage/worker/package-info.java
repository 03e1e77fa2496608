@NullMarked
package dev.stowage.worker;

import org.jspecify.annotations.NullMarked;
