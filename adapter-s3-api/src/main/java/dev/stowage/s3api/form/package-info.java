/** Forms by which browsers upload objects, and the policies that permit it. */
@NullMarked
package dev.stowage.s3api.form;

import org.jspecify.annotations.NullMarked;
