package dev.stowage.testkit;

import dev.stowage.core.port.service.Signals;
import dev.stowage.core.signal.ProcessSignals;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Signals between processes in memory, for tests; listeners are called by the sender's thread. Safe for concurrent use. */
public final class InMemorySignals {

    private final ProcessSignals all = new ProcessSignals();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private volatile boolean arriving = true;

    /** Returns the signals as seen by every process. */
    public Signals ofProcess() {
        return new Signals() {
            @Override
            public void send(Topic topic, String subject) {
                sent.add(topic + " " + subject);
                if (arriving) {
                    all.send(topic, subject);
                }
            }

            @Override
            public void listen(Topic topic, Consumer<String> listener) {
                all.listen(topic, listener);
            }

            @Override
            public boolean receivesAll() {
                return arriving;
            }
        };
    }

    /** From now on, signals are lost. */
    public void disconnect() {
        arriving = false;
    }

    /** From now on, signals arrive again; listeners are told that some may have been lost. */
    public void reconnect() {
        for (Signals.Topic topic : Signals.Topic.values()) {
            all.send(topic, "");
        }
        arriving = true;
    }

    /** Returns the topics and subjects of the signals sent so far, also of those that were lost. */
    public List<String> sent() {
        return List.copyOf(sent);
    }
}
