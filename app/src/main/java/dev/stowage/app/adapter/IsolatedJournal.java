package dev.stowage.app.adapter;

import dev.stowage.core.port.ChangeJournal;
import java.util.List;

/** A journal whose calls run with the class loader of its adapter as the context class loader. */
final class IsolatedJournal implements ChangeJournal {

    private final ChangeJournal journal;
    private final AdapterCode code;

    IsolatedJournal(ChangeJournal journal, AdapterCode code) {
        this.journal = journal;
        this.code = code;
    }

    @Override
    public String id() {
        return code.call(journal::id);
    }

    @Override
    public List<ChangeJournal.Change> after(long position, int max) {
        return code.call(() -> journal.after(position, max));
    }

    @Override
    public long last() {
        return code.call(journal::last);
    }

    @Override
    public void forget(long position) {
        code.run(() -> journal.forget(position));
    }
}
