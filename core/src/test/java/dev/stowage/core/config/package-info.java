@NullMarked
package dev.stowage.core.config;

import org.jspecify.annotations.NullMarked;
