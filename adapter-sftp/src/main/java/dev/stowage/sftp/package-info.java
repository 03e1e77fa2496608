/** Files on an SFTP server. */
@NullMarked
package dev.stowage.sftp;

import org.jspecify.annotations.NullMarked;
