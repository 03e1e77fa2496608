package dev.stowage.app.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.client.FileDetails;
import dev.stowage.client.FileListing;
import dev.stowage.client.StowageClient;
import dev.stowage.client.StowageException;
import dev.stowage.client.TransferListener;
import dev.stowage.client.UploadOptions;
import dev.stowage.client.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Uploads files. */
@Command(
        name = "put",
        description = {
            "Uploads files, directories (-r), files that match a pattern, or standard input (-).",
            "A target that ends with a slash is a prefix, below which each file keeps its name. Large files are sent in chunks. When the"
                    + " command is interrupted, run it again: it continues where it stopped, and starts over with files that have changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stowage put report.pdf raw/demo/",
            "  stowage put -r photos raw/demo/           to raw/demo/photos/...",
            "  stowage put -r photos/ raw/demo/2025/     what is in photos, to raw/demo/2025/...",
            "  stowage put 'logs/*.gz' raw/demo/logs/ --meta host=web1",
            "  stowage put dump.sql raw/demo/ --expires-in 7d     the service deletes it after a week",
            "  pg_dump db | stowage put - raw/demo/db.sql --content-type application/sql"
        })
final class PutCommand extends TransferCommand {

    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "Files, directories, patterns, or -; then the target key")
    List<String> arguments = new ArrayList<>();

    @Option(names = "--if-absent", description = "Do not replace files: fail when there is one under the key")
    boolean ifAbsent;

    @Option(
            names = "--content-type",
            paramLabel = "TYPE",
            description = "The media type; by default, the service finds it by the key's extension")
    @Nullable
    String contentType;

    @Option(names = "--meta", paramLabel = "NAME=VALUE", description = "Metadata of the files; repeat it for several")
    Map<String, String> metadata = new LinkedHashMap<>();

    @Option(
            names = "--expires-in",
            paramLabel = "TIME",
            description =
                    "The service deletes the files this long after they were stored, such as 90s, 24h or 7d; by default, they stay")
    @Nullable
    String expiresIn;

    PutCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(StowageClient client) throws IOException, InterruptedException {
        if (arguments.size() < 2) {
            throw CommandFailure.usage("Name the files and then the target, such as: stowage put a.txt raw/demo/");
        }
        List<String> sources = arguments.subList(0, arguments.size() - 1);
        String target = arguments.get(arguments.size() - 1);
        options(TransferListener.NONE); // Says what is wrong with them before anything is sent.
        if (sources.contains("-")) {
            return putInput(client, sources, target);
        }
        boolean prefix = target.endsWith("/") || target.isEmpty();
        if (!prefix && (sources.size() > 1 || recursive)) {
            throw CommandFailure.usage(
                    "The target of several files is a prefix that ends with a slash: " + target + "/");
        }
        if (!dryRun) {
            requireService();
        }
        return transfer("Sent", sources, target, (run, journal) -> {
            if (!restart) {
                confirm(client, journal);
            }
            reportEarlierTransfers(journal, run);
            for (String source : sources) {
                add(client, source, target, journal, run);
            }
        });
    }

    /**
     * Compares what an earlier run has stored with what is there now, by listing. A listing that takes more requests than there are files
     * ends early; files that are not confirmed are compared one by one.
     */
    private static void confirm(StowageClient client, TransferJournal journal) throws InterruptedException {
        Optional<String> token = Optional.empty();
        int pages = journal.unconfirmed();
        try {
            for (int i = 0; i < pages && journal.unconfirmed() > 0; i++) {
                FileListing page = client.files().list(journal.commonPrefix(), "", token);
                page.files().forEach(file -> journal.confirm(file.key(), file.etag()));
                token = page.next();
                if (token.isEmpty()) {
                    return;
                }
            }
        } catch (StowageException e) {
            if (e.status() != 403) {
                throw e;
            }
            // A key that may only write can't do more than trust the journal.
            journal.confirmAll();
        }
    }

    private void add(StowageClient client, String source, String target, TransferJournal journal, TransferRun run)
            throws IOException, InterruptedException {
        try {
            new LocalFiles(shell.folder(), recursive).find(source, new LocalFiles.Found() {

                @Override
                public void file(Path file, String name, BasicFileAttributes attributes) throws InterruptedException {
                    String key = target.endsWith("/") || target.isEmpty() ? target + name : target;
                    put(client, file, key, attributes, journal, run);
                }

                @Override
                public void failed(String name, CommandFailure failure) {
                    run.failed(name, failure);
                }
            });
        } catch (CommandFailure e) {
            run.failed(source, e);
        }
    }

    private void put(
            StowageClient client,
            Path file,
            String key,
            BasicFileAttributes attributes,
            TransferJournal journal,
            TransferRun run)
            throws InterruptedException {
        String transfer = Fingerprint.of(List.of(
                file.toAbsolutePath().toString(),
                key,
                String.valueOf(attributes.size()),
                attributes.lastModifiedTime().toString(),
                String.valueOf(contentType),
                String.valueOf(expiresIn),
                new TreeMap<>(metadata).toString()));
        if (!restart && journal.isDone(transfer)) {
            run.skip(key, "sent before");
        } else if (dryRun) {
            run.plan(key, attributes.size(), file + " -> " + key);
        } else {
            run.add(key, attributes.size(), listener -> {
                if (journal.isUncertain(transfer)) {
                    Optional<FileDetails> stored = stored(client, file, key);
                    if (stored.isPresent()) {
                        journal.stored(transfer, key, stored.get().etag());
                        listener.transferred(attributes.size(), attributes.size());
                        return object().put("key", key).put("state", "stored").put("size", attributes.size());
                    }
                }
                journal.begun(transfer);
                UploadedFile stored =
                        client.files().put(key, file, options(listener).resumedBy(journal));
                journal.stored(transfer, key, stored.etag());
                return describe(stored);
            });
        }
    }

    /** Returns what the service has stored of the file in an earlier run; nothing if that is unknown, or another file. */
    private static Optional<FileDetails> stored(StowageClient client, Path file, String key)
            throws IOException, InterruptedException {
        try {
            FileDetails details = client.files().stat(key);
            boolean same = details.size() == Files.size(file)
                    && details.sha256().isPresent()
                    && details.sha256().equals(Optional.of(sha256(file)));
            return same ? Optional.of(details) : Optional.empty();
        } catch (StowageException e) {
            if (e.status() == 404 || e.status() == 403) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file);
                DigestInputStream digested = new DigestInputStream(stream, MessageDigest.getInstance("SHA-256"))) {
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private int putInput(StowageClient client, List<String> sources, String target)
            throws IOException, InterruptedException {
        if (sources.size() > 1 || target.endsWith("/")) {
            throw CommandFailure.usage("Standard input is one file; name its whole key");
        }
        if (dryRun) {
            print(object().put("key", target).put("state", "planned"), "- -> " + target);
            return 0;
        }
        try (TransferRun run = new TransferRun(this, "Sent", 1)) {
            run.add(target, -1, listener -> describe(client.files().put(target, shell.in(), options(listener))));
            return run.finish();
        }
    }

    private UploadOptions options(TransferListener listener) {
        UploadOptions options = UploadOptions.DEFAULT.withListener(listener);
        if (contentType != null) {
            options = options.withContentType(contentType);
        }
        try {
            options = options.withMetadata(metadata);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--meta: " + e.getMessage());
        }
        if (expiresIn != null) {
            try {
                options = options.expiringAfter(Amounts.duration("--expires-in", expiresIn));
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage("--expires-in: " + e.getMessage());
            }
        }
        return ifAbsent ? options.onlyIfAbsent() : options;
    }

    private static ObjectNode describe(UploadedFile stored) {
        return object().put("key", stored.key())
                .put("state", "stored")
                .put("size", stored.size())
                .put("etag", stored.etag())
                .put("content_type", stored.contentType());
    }
}
