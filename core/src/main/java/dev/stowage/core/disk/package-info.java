/** The service's own files and directories on local disks. */
@NullMarked
package dev.stowage.core.disk;

import org.jspecify.annotations.NullMarked;
