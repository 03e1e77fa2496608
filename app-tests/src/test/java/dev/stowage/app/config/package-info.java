@NullMarked
package dev.stowage.app.config;

import org.jspecify.annotations.NullMarked;
