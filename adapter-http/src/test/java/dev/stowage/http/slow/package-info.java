@NullMarked
package dev.stowage.http.slow;

import org.jspecify.annotations.NullMarked;
