/** The hot inner parts, by JMH. */
@NullMarked
package dev.stowage.bench.micro;

import org.jspecify.annotations.NullMarked;

