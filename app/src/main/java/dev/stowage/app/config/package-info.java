/** Where the configuration comes from and what it amounts to. */
@NullMarked
package dev.stowage.app.config;

import org.jspecify.annotations.NullMarked;
