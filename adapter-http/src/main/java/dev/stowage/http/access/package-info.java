/** Who calls: credentials in requests, and which routes take them. */
@NullMarked
package dev.stowage.http.access;

import org.jspecify.annotations.NullMarked;
