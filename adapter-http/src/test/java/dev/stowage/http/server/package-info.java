@NullMarked
package dev.stowage.http.server;

import org.jspecify.annotations.NullMarked;
