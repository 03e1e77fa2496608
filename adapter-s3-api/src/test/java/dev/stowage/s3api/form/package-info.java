@NullMarked
package dev.stowage.s3api.form;

import org.jspecify.annotations.NullMarked;
