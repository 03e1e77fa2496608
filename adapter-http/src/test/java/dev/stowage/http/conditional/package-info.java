@NullMarked
package dev.stowage.http.conditional;

import org.jspecify.annotations.NullMarked;
