/**
 * Resumable uploads by the IETF's draft (draft-ietf-httpbis-resumable-upload), as its interop versions 6 and 8 have it.
 */
@NullMarked
package dev.stowage.http.ietf;

import org.jspecify.annotations.NullMarked;
