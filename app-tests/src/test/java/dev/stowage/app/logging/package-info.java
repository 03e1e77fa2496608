@NullMarked
package dev.stowage.app.logging;

import org.jspecify.annotations.NullMarked;
