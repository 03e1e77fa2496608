@NullMarked
package dev.stowage.postgres;

import org.jspecify.annotations.NullMarked;
