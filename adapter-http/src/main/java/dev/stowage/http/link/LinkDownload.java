package dev.stowage.http.link;

import dev.stowage.core.access.Principal;
import dev.stowage.core.archive.Archives;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.link.Links;
import dev.stowage.core.link.OpenLink;
import dev.stowage.core.port.records.ArchiveSelection;
import dev.stowage.http.download.ArchiveDownload;
import dev.stowage.http.download.ArchiveName;
import dev.stowage.http.download.DownloadStart;
import dev.stowage.http.download.Downloads;
import dev.stowage.http.download.FileDisposition;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Response;

/** Sends files and archives to users of links, each as a use of the link. */
final class LinkDownload {

    private final Links links;
    private final Downloads downloads;
    private final Archives archives;
    private final ArchiveDownload archiveDownload;
    private final LinkMeters meters;
    private final LinkFailures failures = new LinkFailures();

    LinkDownload(
            Links links, Downloads downloads, Archives archives, ArchiveDownload archiveDownload, LinkMeters meters) {
        this.links = links;
        this.downloads = downloads;
        this.archives = archives;
        this.archiveDownload = archiveDownload;
        this.meters = meters;
    }

    /** @param name of the file, as users of the link know it */
    void file(Context ctx, OpenLink open, ObjectKey key, String name) throws IOException {
        send(
                ctx,
                open,
                Optional.of(key),
                name,
                start -> downloads.answer(ctx, open.bearer(), key, FileDisposition::attachment, start));
    }

    /** @param folder below the link; may be empty */
    void archive(Context ctx, OpenLink open, KeyPrefix prefix, String folder) throws IOException {
        KeyPrefix whole = new KeyPrefix(prefix.value() + folder);
        ArchiveSelection selection = ArchiveSelection.of(whole, whole);
        Supplier<Principal> bearer = links.current(open);
        send(
                ctx,
                open,
                Optional.empty(),
                folder,
                start -> archiveDownload.answer(
                        ctx, () -> new Archives.Named(ArchiveName.of(whole), archives.open(bearer, selection)), start));
    }

    private void send(Context ctx, OpenLink open, Optional<ObjectKey> key, String name, Sending sending)
            throws IOException {
        Use use = new Use(ctx, open, key);
        boolean complete = false;
        try {
            sending.send(use);
            complete = true;
        } catch (StorageException e) {
            throw ctx.res().isCommitted() ? e : failures.shown(e, open.link(), name);
        } finally {
            if (!complete) {
                use.interrupted();
            }
        }
        if (!ctx.res().isCommitted()) {
            ctx.header("Cache-Control", "no-store");
        }
    }

    private interface Sending {
        void send(DownloadStart start) throws IOException;
    }

    /** One use of a link. */
    private final class Use implements DownloadStart {

        private final Context ctx;
        private final OpenLink open;
        private final Optional<ObjectKey> key;
        private boolean begun;
        private long offset;

        Use(Context ctx, OpenLink open, Optional<ObjectKey> key) {
            this.ctx = ctx;
            this.open = open;
            this.key = key;
        }

        @Override
        public void begin(long first) {
            links.download(open, key, first);
            // A shared cache would send a file that the link does not lead to any more.
            ctx.res().setHeader("Cache-Control", "no-store");
            meters.used(open.link());
            begun = true;
            offset = first;
        }

        void interrupted() {
            if (begun && !isMultipart()) {
                links.interrupted(open, key, offset + sent());
            }
        }

        /** Whether the response has several ranges, of which it is not known which ones were sent. */
        private boolean isMultipart() {
            return ctx.res().getStatus() == 206 && ctx.res().getHeader("Content-Range") == null;
        }

        private long sent() {
            ServletContextRequest request = ServletContextRequest.getServletContextRequest(ctx.req());
            return Math.max(0, Response.getContentBytesWritten(request.getServletContextResponse()));
        }
    }
}
