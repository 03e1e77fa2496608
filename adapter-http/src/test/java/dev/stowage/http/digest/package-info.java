@NullMarked
package dev.stowage.http.digest;

import org.jspecify.annotations.NullMarked;
