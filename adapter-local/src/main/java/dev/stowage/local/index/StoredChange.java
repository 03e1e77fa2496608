package dev.stowage.local.index;

import dev.stowage.core.event.EventType;
import dev.stowage.core.object.ObjectInfo;
import java.util.Optional;

/** An object that is stored in place of a former one, if there is one. */
record StoredChange(Optional<ObjectRow> before, ObjectRow row) {

    EventType type() {
        return before.isPresent() ? EventType.FILE_UPDATED : EventType.FILE_CREATED;
    }

    ObjectInfo info() {
        return row.info();
    }
}
