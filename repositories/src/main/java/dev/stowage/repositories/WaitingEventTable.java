package dev.stowage.repositories;

import dev.stowage.core.event.Event;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.ContentType;
import dev.stowage.core.object.Etag;
import dev.stowage.core.port.records.EventLog;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Events that wait to be published; added within the transaction of the change that they are about. */
final class WaitingEventTable {

    private static final String INSERT = "INSERT INTO event_waiting (" + EventRows.COLUMNS
            + ") VALUES (:type, :happened_at, :key, :size, :etag, :content_type, :detail, :principal, :request_id)";

    private WaitingEventTable() {}

    /** Adds events in their order. */
    static void add(Handle handle, List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(INSERT);
        for (Event event : events) {
            batch.bind("type", event.type().id())
                    .bind("happened_at", event.time().toEpochMilli())
                    .bind("key", event.key().map(ObjectKey::value))
                    .bind("size", event.size())
                    .bind("etag", event.etag().map(Etag::value))
                    .bind("content_type", event.contentType().map(ContentType::value))
                    .bind("detail", EventRows.text(event.detail()))
                    .bind("principal", event.origin().principal())
                    .bind("request_id", event.origin().requestId())
                    .add();
        }
        int[] unused = batch.execute();
    }

    /** The oldest events. */
    static List<EventLog.Waiting> oldest(Handle handle, int max) {
        return handle.createQuery("SELECT * FROM event_waiting ORDER BY id LIMIT :max")
                .bind("max", max)
                .map((row, context) -> new EventLog.Waiting(row.getLong("id"), EventRows.event(row)))
                .list();
    }
}
