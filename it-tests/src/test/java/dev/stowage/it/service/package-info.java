/** The service as a process, and a client for it. */
@NullMarked
package dev.stowage.it.service;

import org.jspecify.annotations.NullMarked;
