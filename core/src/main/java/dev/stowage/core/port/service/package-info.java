/** The ports that are neither of the store nor of the database: authentication, signals, and libraries for single features. */
@NullMarked
package dev.stowage.core.port.service;

import org.jspecify.annotations.NullMarked;
