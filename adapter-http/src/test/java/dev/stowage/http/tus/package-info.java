@NullMarked
package dev.stowage.http.tus;

import org.jspecify.annotations.NullMarked;
