@NullMarked
package dev.stowage.app.telemetry;

import org.jspecify.annotations.NullMarked;
