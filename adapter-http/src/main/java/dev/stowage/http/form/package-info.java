/** Uploads and completions by forms: a streaming reader of {@code multipart/form-data}, and the routes that use it. */
@NullMarked
package dev.stowage.http.form;

import org.jspecify.annotations.NullMarked;
