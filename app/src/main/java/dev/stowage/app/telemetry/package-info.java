/** Traces and metrics by OpenTelemetry. Its classes are loaded only when something is exported. */
@NullMarked
package dev.stowage.app.telemetry;

import org.jspecify.annotations.NullMarked;
