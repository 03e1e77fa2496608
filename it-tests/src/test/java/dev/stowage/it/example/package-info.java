/** A custom storage adapter, as {@code docs/writing-an-adapter.md} builds it. */
@NullMarked
package dev.stowage.it.example;

import org.jspecify.annotations.NullMarked;
