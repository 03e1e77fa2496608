/** Resumable uploads by the IETF draft (draft-ietf-httpbis-resumable-upload), interop versions 6 and 8. */
@NullMarked
package dev.stowage.http.ietf;

import org.jspecify.annotations.NullMarked;
