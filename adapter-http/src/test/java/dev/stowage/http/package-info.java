/** Tests of the HTTP API, over real HTTP. */
@NullMarked
package dev.stowage.http;

import org.jspecify.annotations.NullMarked;
