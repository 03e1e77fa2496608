/** The S3 protocol for clients: its configuration, and its handler. */
@NullMarked
package dev.stowage.s3api;

import org.jspecify.annotations.NullMarked;
