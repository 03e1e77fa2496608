@NullMarked
package dev.stowage.http.ietf;

import org.jspecify.annotations.NullMarked;
