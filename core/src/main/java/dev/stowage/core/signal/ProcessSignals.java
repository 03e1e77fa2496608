package dev.stowage.core.signal;

import dev.stowage.core.port.service.Signals;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Signals within one process. Listeners are called by the sender's thread. */
public final class ProcessSignals implements Signals {

    private final Map<Topic, List<Consumer<String>>> listeners = new EnumMap<>(Topic.class);

    public ProcessSignals() {
        for (Topic topic : Topic.values()) {
            listeners.put(topic, new CopyOnWriteArrayList<>());
        }
    }

    @Override
    public void send(Topic topic, String subject) {
        of(topic).forEach(listener -> listener.accept(subject));
    }

    @Override
    public void listen(Topic topic, Consumer<String> listener) {
        of(topic).add(listener);
    }

    @Override
    public boolean receivesAll() {
        return false;
    }

    private List<Consumer<String>> of(Topic topic) {
        return listeners.getOrDefault(topic, List.of());
    }
}
