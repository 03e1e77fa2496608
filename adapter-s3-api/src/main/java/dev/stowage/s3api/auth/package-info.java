/** AWS Signature Version 4. */
@NullMarked
package dev.stowage.s3api.auth;

import org.jspecify.annotations.NullMarked;
