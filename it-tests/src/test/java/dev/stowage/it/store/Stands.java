package dev.stowage.it.store;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * The stands that a test class runs on, for {@code @ParameterizedClass}. Each is started with the first test that requests it, and stopped
 * after the last test of all classes that one JVM runs: failsafe runs them in one session. Tests on a stand that is not available are
 * reported as skipped.
 */
public final class Stands implements ArgumentsProvider {

    private static final Namespace NAMESPACE = Namespace.create(Stands.class);

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return StandKind.of(context.getRequiredTestClass()).stream().map(kind -> stand(context, kind));
    }

    private static Arguments stand(ExtensionContext context, StandKind kind) {
        StandSource source = new StandSource(
                kind,
                () -> context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                        .computeIfAbsent(kind, key -> RunningStand.start(kind.start()), RunningStand.class));
        return Arguments.of(Named.of(kind.toString(), source));
    }
}
