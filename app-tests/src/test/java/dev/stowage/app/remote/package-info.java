@NullMarked
package dev.stowage.app.remote;

import org.jspecify.annotations.NullMarked;
