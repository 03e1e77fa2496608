package dev.stowage.testkit;

import dev.stowage.core.port.records.ApiKeys;

final class InMemoryKeysTest extends ApiKeysContract {

    private final InMemoryKeys keys = new InMemoryKeys();

    @Override
    protected ApiKeys open() {
        return keys;
    }

    @Override
    protected ApiKeys reopen() {
        return keys;
    }
}
