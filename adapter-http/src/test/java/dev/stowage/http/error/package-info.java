@NullMarked
package dev.stowage.http.error;

import org.jspecify.annotations.NullMarked;
