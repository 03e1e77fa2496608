@NullMarked
package dev.stowage.http.form;

import org.jspecify.annotations.NullMarked;
