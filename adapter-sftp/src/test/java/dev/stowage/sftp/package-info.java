@NullMarked
package dev.stowage.sftp;

import org.jspecify.annotations.NullMarked;
