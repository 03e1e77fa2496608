@NullMarked
package dev.stowage.core.webhook;

import org.jspecify.annotations.NullMarked;
