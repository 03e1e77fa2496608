package dev.stowage.testkit;

final class InMemoryExpiryTest extends ExpiryRecordsContract {

    @Override
    protected Member open() {
        InMemoryExpiry records = new InMemoryExpiry();
        return new Member(records, new InMemoryEvents(records));
    }
}
