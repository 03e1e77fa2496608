/** What the protocols for uploads that go on at a byte have in common. */
@NullMarked
package dev.stowage.http.resumable;

import org.jspecify.annotations.NullMarked;
