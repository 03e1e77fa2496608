@NullMarked
package dev.stowage.http.exchange;

import org.jspecify.annotations.NullMarked;
