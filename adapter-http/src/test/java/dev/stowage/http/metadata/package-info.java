@NullMarked
package dev.stowage.http.metadata;

import org.jspecify.annotations.NullMarked;
