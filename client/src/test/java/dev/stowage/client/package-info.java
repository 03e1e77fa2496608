@NullMarked
package dev.stowage.client;

import org.jspecify.annotations.NullMarked;
