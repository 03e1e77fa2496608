/** XML documents, written and read in bounded memory. */
@NullMarked
package dev.stowage.s3api.xml;

import org.jspecify.annotations.NullMarked;
