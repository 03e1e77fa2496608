@NullMarked
package dev.stowage.testkit;

import org.jspecify.annotations.NullMarked;
