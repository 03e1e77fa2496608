@NullMarked
package dev.stowage.http.access;

import org.jspecify.annotations.NullMarked;
