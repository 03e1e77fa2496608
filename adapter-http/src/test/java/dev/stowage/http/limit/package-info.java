@NullMarked
package dev.stowage.http.limit;

import org.jspecify.annotations.NullMarked;
