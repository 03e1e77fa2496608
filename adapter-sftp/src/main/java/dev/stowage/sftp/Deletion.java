package dev.stowage.sftp;

import dev.stowage.core.error.StorageException;
import dev.stowage.core.job.Fence;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.DeleteResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.sftp.common.SftpException;

/** Deletes objects, many at once. */
final class Deletion {

    private static final int AT_ONCE = 64;

    private final SftpFiles files;
    private final Fence fence;
    private final Remote remote;
    private final List<DeleteResult> results = new ArrayList<>();

    Deletion(SftpFiles files, Fence fence, Remote remote) {
        this.files = files;
        this.fence = fence;
        this.remote = remote;
    }

    /** Returns a result for each key. */
    List<DeleteResult> of(List<ObjectKey> keys) {
        for (int i = 0; i < keys.size(); i += AT_ONCE) {
            some(keys.subList(i, Math.min(i + AT_ONCE, keys.size())));
        }
        Map<String, String> byFolder = new LinkedHashMap<>();
        for (DeleteResult result : results) {
            if (result instanceof DeleteResult.Deleted) {
                String path = files.objects().path(result.key());
                byFolder.put(KeyTree.parent(path), path);
            }
        }
        byFolder.values().forEach(path -> files.objects().prune(remote, path));
        return results;
    }

    private void some(List<ObjectKey> keys) {
        List<Remote.Pending> removing = new ArrayList<>();
        StorageException ended = null;
        try {
            for (ObjectKey key : keys) {
                fence.requireOpen();
                removing.add(remote.startRemove(files.objects().path(key)));
            }
        } catch (StorageException e) {
            ended = e;
        } catch (IOException e) {
            ended = Failures.of(e);
        }
        for (int i = 0; i < keys.size(); i++) {
            ObjectKey key = keys.get(i);
            if (i < removing.size()) {
                results.add(result(key, removing.get(i)));
            } else if (ended != null) {
                results.add(new DeleteResult.Failed(key, ended));
            }
        }
    }

    private DeleteResult result(ObjectKey key, Remote.Pending removing) {
        try {
            remote.finish(removing);
            return new DeleteResult.Deleted(key);
        } catch (SftpException e) {
            return Failures.isMissing(e) ? new DeleteResult.Missing(key) : new DeleteResult.Failed(key, Failures.of(e));
        } catch (IOException e) {
            return new DeleteResult.Failed(key, Failures.of(e));
        }
    }
}
