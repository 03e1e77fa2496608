package dev.stowage.http.jobs;

import dev.stowage.core.access.Principal;
import dev.stowage.core.batch.Jobs;
import dev.stowage.core.job.ItemRecord;
import dev.stowage.core.job.JobId;
import dev.stowage.core.port.Page;
import dev.stowage.core.port.records.BatchJobs;
import dev.stowage.http.exchange.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report with a line for each item of a job, read and written one page at a time. */
final class Report {

    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");

    private final Jobs jobs;
    private final Principal caller;
    private final JobId job;
    private final ReportFormat format;
    private final Json json;

    Report(Jobs jobs, Principal caller, JobId job, ReportFormat format, Json json) {
        this.jobs = jobs;
        this.caller = caller;
        this.job = job;
        this.format = format;
        this.json = json;
    }

    Page<ItemRecord, Long> page(Optional<String> cursor) {
        return jobs.items(caller, job, Optional.empty(), BatchJobs.MAX_PAGE, cursor);
    }

    void write(Page<ItemRecord, Long> first, OutputStream out) throws IOException {
        if (format == ReportFormat.CSV) {
            out.write("key,state,attempts,error,message\r\n".getBytes(StandardCharsets.UTF_8));
        }
        Page<ItemRecord, Long> page = first;
        writeItems(page, out);
        while (page.next().isPresent()) {
            page = page(page.next().map(String::valueOf));
            writeItems(page, out);
        }
    }

    private void writeItems(Page<ItemRecord, Long> page, OutputStream out) throws IOException {
        for (ItemRecord item : page.items()) {
            out.write(
                    format == ReportFormat.CSV
                            ? csv(item).getBytes(StandardCharsets.UTF_8)
                            : json.bytes(JobItemsRoutes.Item.of(item)));
            if (format == ReportFormat.NDJSON) {
                out.write('\n');
            }
        }
    }

    /** A line of CSV (RFC 4180). */
    private static String csv(ItemRecord item) {
        return Stream.of(
                        item.key(),
                        item.state().id(),
                        String.valueOf(item.attempts()),
                        item.error().orElse(""),
                        item.message().orElse(""))
                .map(Report::quoted)
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String quoted(String cell) {
        return NEEDS_QUOTES.matcher(cell).find() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
