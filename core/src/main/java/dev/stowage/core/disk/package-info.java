/** Files and folders of the service's own on local disks. */
@NullMarked
package dev.stowage.core.disk;

import org.jspecify.annotations.NullMarked;
