package dev.stowage.it.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The stands of a test class in a build that does not name any. Classes without it run on all of them but PostgreSQL. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RunsOn {

    /** The stands, in the order of the tests. */
    StandKind[] value();
}
