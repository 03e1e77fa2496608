/** Files in Azure Blob Storage. */
@NullMarked
package dev.stowage.azure;

import org.jspecify.annotations.NullMarked;
