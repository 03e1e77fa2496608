package dev.stowage.http.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.List;

/** The meters of the process itself, which are updated until this is closed. */
public final class MeterSetup implements AutoCloseable {

    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    /** Adds memory, garbage collection, threads, classes, CPU, file descriptors and uptime to {@code registry}. */
    public MeterSetup(MeterRegistry registry) {
        List<MeterBinder> binders = List.of(
                garbageCollection,
                new ClassLoaderMetrics(),
                new JvmInfoMetrics(),
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new FileDescriptorMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics());
        binders.forEach(binder -> binder.bindTo(registry));
    }

    /** Stops listening to the garbage collector; the meters stay. */
    @Override
    public void close() {
        garbageCollection.close();
    }
}
