package dev.stowage.postgres;

import java.lang.reflect.Type;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;

/** Binds truth values as 1 and 0: columns for them are SMALLINT, so that SQLite and PostgreSQL understand the same SQL. */
final class FlagArguments implements ArgumentFactory.Preparable {

    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
        return type == boolean.class || type == Boolean.class
                ? Optional.of(value -> (position, statement, context) ->
                        statement.setShort(position, (short) (Boolean.TRUE.equals(value) ? 1 : 0)))
                : Optional.empty();
    }
}
