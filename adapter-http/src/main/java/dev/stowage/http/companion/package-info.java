/** The API of Uppy's Companion for its S3 plugin: this service keeps the upload sessions, and the parts go to the store by signed URLs. */
@NullMarked
package dev.stowage.http.companion;

import org.jspecify.annotations.NullMarked;
