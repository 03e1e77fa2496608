package dev.stowage.sftp;

import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.port.Capability;
import dev.stowage.core.port.ChangeJournal;
import dev.stowage.core.port.Maintenance;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.UrlSigner;
import dev.stowage.core.port.UrlVerifier;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.sftp.common.SftpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open store. */
final class SftpStorage implements Storage {

    private static final Logger LOG = LoggerFactory.getLogger(SftpStorage.class);

    private static final String OBJECTS = "objects";
    private static final String UPLOADS = "uploads";
    private static final String COMPLETING = "completing";
    private static final String TEMPORARY = "tmp";

    private static final Duration RENEWAL = Duration.ofMinutes(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final SftpConfig config;
    private final SftpFiles files;
    private final SftpMaintenance maintenance;
    private final ScheduledExecutorService renewals;

    private SftpStorage(SftpConfig config, SftpFiles files) {
        this.config = config;
        this.files = files;
        this.maintenance = new SftpMaintenance(files, config.path() + '/' + TEMPORARY);
        this.renewals = Executors.newSingleThreadScheduledExecutor(SftpStorage::thread);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "sftp-renewal");
        thread.setDaemon(true);
        return thread;
    }

    /** Connects, and creates the folders. @throws StorageRejected when the server or its file system lacks what is required */
    static SftpStorage open(SftpConfig config, InstantSource clock) {
        SftpConnections connections = new SftpConnections(config);
        try {
            Workspace workspace = new Workspace(config.path() + '/' + TEMPORARY);
            Set<Capability> capabilities =
                    connections.call(Deadline.ofCall(), remote -> prepare(remote, config.path(), workspace));
            SftpFiles files = new SftpFiles(
                    connections,
                    workspace,
                    new KeyTree(config.path() + '/' + OBJECTS),
                    new KeyTree(config.path() + '/' + UPLOADS),
                    config.path() + '/' + COMPLETING,
                    capabilities,
                    clock);
            SftpStorage storage = new SftpStorage(config, files);
            storage.startRenewing();
            return storage;
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    /** Creates the folders, and returns what the store can do on this server. */
    private static Set<Capability> prepare(Remote remote, String path, Workspace workspace) throws IOException {
        try {
            FileEntry unused = remote.stat(path);
        } catch (SftpException e) {
            if (Failures.isMissing(e)) {
                throw new StorageRejected("The folder in SFTP_PATH does not exist on the SFTP server; create it", e);
            }
            throw e;
        }
        for (String name : new String[] {OBJECTS, UPLOADS, COMPLETING, TEMPORARY}) {
            makeFolder(remote, path + '/' + name);
        }
        if (exists(remote, path + '/' + OBJECTS.toUpperCase(Locale.ROOT))) {
            throw new StorageRejected(
                    "The file system of the SFTP server does not distinguish upper and lower case in names", null);
        }
        if (!remote.features().sync()) {
            LOG.warn(
                    "The SFTP server lacks {}: files may be lost when its machine fails soon after they were stored",
                    Features.SYNC);
        }
        workspace.renew(remote);
        return remote.features().link() && canLink(remote, workspace) ? Set.of(Capability.IF_ABSENT) : Set.of();
    }

    private static void makeFolder(Remote remote, String path) throws IOException {
        try {
            remote.makeFolder(path);
        } catch (SftpException e) {
            if (!Failures.maybeExists(e) || !exists(remote, path)) {
                throw e;
            }
        }
    }

    private static boolean exists(Remote remote, String path) throws IOException {
        try {
            FileEntry unused = remote.stat(path);
            return true;
        } catch (SftpException e) {
            if (Failures.isMissing(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Some file systems have no second names, and a server might replace what has the name. */
    private static boolean canLink(Remote remote, Workspace workspace) throws IOException {
        String file = workspace.folder() + '/' + Workspace.ALIVE;
        String name = workspace.take();
        try {
            remote.link(file, name);
        } catch (SftpException e) {
            workspace.giveBack(name);
            return false;
        }
        boolean refused = false;
        try {
            remote.link(file, name);
        } catch (SftpException e) {
            refused = true;
        }
        remote.remove(name);
        workspace.giveBack(name);
        return refused;
    }

    private void startRenewing() {
        // It ends with the executor.
        ScheduledFuture<?> unused = renewals.scheduleWithFixedDelay(
                this::renew, RENEWAL.toSeconds(), RENEWAL.toSeconds(), TimeUnit.SECONDS);
    }

    private void renew() {
        try {
            files.connections().call(Deadline.ofCall(), remote -> {
                files.workspace().renew(remote);
                return true;
            });
        } catch (RuntimeException e) {
            LOG.debug("The temporary folder could not be renewed", e);
        }
    }

    @Override
    public ObjectStore objects() {
        return new SftpObjects(files, () -> true);
    }

    @Override
    public MultipartStore uploads() {
        return new SftpUploads(files);
    }

    @Override
    public String bucket() {
        return config.bucket();
    }

    @Override
    public String description() {
        return "sftp bucket " + config.bucket() + " at " + config.host() + ":" + config.port() + " in " + config.path();
    }

    /** The protocol has no signed URLs. */
    @Override
    public Optional<UrlSigner> signer() {
        return Optional.empty();
    }

    @Override
    public Optional<UrlVerifier> verifier() {
        return Optional.empty();
    }

    @Override
    public Optional<Maintenance> maintenance() {
        return Optional.of(maintenance);
    }

    @Override
    public Optional<ChangeJournal> journal() {
        return Optional.empty();
    }

    @Override
    public void check() {
        files.connections()
                .call(Deadline.ofCheck(), remote -> remote.stat(files.objects().root()));
    }

    /** Files that are being written stay on the server for a while, and are removed by another process. */
    @Override
    public void close() {
        renewals.shutdownNow();
        files.connections().closeAfter(CLOSE_TIMEOUT, remote -> {
            files.workspace().remove(remote);
            return true;
        });
    }
}
