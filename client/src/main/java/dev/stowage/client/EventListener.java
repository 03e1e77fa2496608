package dev.stowage.client;

/** Gets events as they happen, in one thread. An exception ends the stream. */
@FunctionalInterface
public interface EventListener {

    /** Gets an event. Its id continues the stream, with {@link RemoteEvents#follow}, in another process, too. */
    void event(EventDetails event);

    /**
     * Is told that the next events are not the first ones since the last: some have been deleted, because the service keeps events for a
     * time only. By default, nothing is done.
     */
    default void missed() {}
}
