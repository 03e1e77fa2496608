package dev.stowage.worker.job;

import dev.stowage.core.batch.JobExecution;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.NewItem;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.records.BatchJobs;
import java.util.List;
import java.util.Optional;

/** The files under a prefix, a page at a time. The checkpoint is the token of the next page. */
final class PrefixSource {

    private static final String LAST = "";

    private final SourceReader reader;

    PrefixSource(SourceReader reader) {
        this.reader = reader;
    }

    /** Reads to the end; empty when it was stopped before. The target needs nothing from the keys. */
    Optional<Optional<KeyPrefix>> read() {
        KeyPrefix prefix = ((JobSource.Prefix) reader.spec().source()).prefix();
        ListQuery query = ListQuery.of(prefix);
        Optional<String> token = reader.checkpoint();
        JobOwner owner = reader.owner();
        JobExecution execution = reader.execution();
        while (!token.equals(Optional.of(LAST))) {
            execution.checkSource(owner.get());
            ObjectPage page = execution.list(token.map(query::after).orElse(query));
            List<NewItem> items = page.objects().stream()
                    .filter(object -> !execution.leavesOut(object))
                    .map(object -> execution.isAboutListedVersions()
                            ? NewItem.of(object.key(), object.size(), object.etag())
                            : NewItem.of(object.key(), object.size()))
                    .toList();
            token = Optional.of(page.nextToken().orElse(LAST));
            if (!reader.found(new BatchJobs.FoundItems(items, page.unaddressable(), token.get()))) {
                return Optional.empty();
            }
        }
        return Optional.of(Optional.empty());
    }
}
