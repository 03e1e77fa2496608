package dev.stowage.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers transfers within a test. */
final class MemoryTransferStore implements TransferStore {

    final Map<String, String> states = new HashMap<>();

    @Override
    public Optional<String> find(String id) {
        return Optional.ofNullable(states.get(id));
    }

    @Override
    public void save(String id, String state) {
        states.put(id, state);
    }

    @Override
    public void remove(String id) {
        states.remove(id);
    }
}
