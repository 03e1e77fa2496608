/** The commands that talk to a service by its HTTP API. */
@NullMarked
package dev.stowage.app.remote;

import org.jspecify.annotations.NullMarked;
