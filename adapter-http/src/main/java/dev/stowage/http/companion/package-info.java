/** What Uppy's plugin for S3 expects of its Companion: sessions are ours, and the parts go to the store by signed URLs. */
@NullMarked
package dev.stowage.http.companion;

import org.jspecify.annotations.NullMarked;
