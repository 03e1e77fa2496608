package dev.stowage.local;

import dev.stowage.core.port.ChangeJournal;
import dev.stowage.local.index.ChangeTable;
import dev.stowage.local.index.Index;
import java.util.List;

/** The journal of changes in the index. */
final class LocalJournal implements ChangeJournal {

    private final Index index;
    private final String id;

    LocalJournal(Index index) {
        this.index = index;
        this.id = index.read(ChangeTable::journal);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public List<ChangeJournal.Change> after(long position, int max) {
        return index.read(handle -> ChangeTable.after(handle, position, max));
    }

    @Override
    public long last() {
        return index.read(ChangeTable::last);
    }

    /** Without a commit of its own: what is lost in a crash is deleted the next time. */
    @Override
    public void forget(long position) {
        index.writeLater(handle -> ChangeTable.forget(handle, position));
    }
}
