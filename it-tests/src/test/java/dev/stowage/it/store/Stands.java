package dev.stowage.it.store;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * All stores that tests run on, for {@code @ParameterizedClass}. Each is started with the first test that requests it, and stopped after
 * the last test of all classes that one JVM runs: failsafe runs them in one session. LocalStack runs
 * in Docker or, without it, as a Python process; where neither is available, its tests are reported as skipped.
 */
public final class Stands implements ArgumentsProvider {

    private static final Namespace NAMESPACE = Namespace.create(Stands.class);

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return Stream.of(
                stand(context, "embedded", Backend.Embedded::new),
                stand(context, "s3proxy", S3ProxyBackend::start),
                stand(context, "localstack", LocalStackBackend::start));
    }

    private static Arguments stand(ExtensionContext context, String name, Supplier<Backend> backend) {
        StandSource source = new StandSource(
                name,
                () -> context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                        .computeIfAbsent(name, key -> RunningStand.start(backend.get()), RunningStand.class));
        return Arguments.of(Named.of(name, source));
    }
}
