@NullMarked
package dev.stowage.testkit.concurrent;

import org.jspecify.annotations.NullMarked;
