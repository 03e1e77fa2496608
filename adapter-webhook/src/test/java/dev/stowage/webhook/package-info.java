@NullMarked
package dev.stowage.webhook;

import org.jspecify.annotations.NullMarked;
