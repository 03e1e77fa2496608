package dev.stowage.sftp;

import dev.stowage.core.adapter.PageToken;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.port.Page;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.sshd.sftp.common.SftpException;

/** Lists open uploads page by page. A token holds the escaped key and the id of the last upload of its page. */
final class SftpUploadListing {

    private final SftpFiles files;
    private final KeyPrefix prefix;
    private final int maxUploads;
    private final PageToken tokens;
    private final Optional<String[]> after;

    /** @throws InvalidInput when the token is not valid */
    SftpUploadListing(SftpFiles files, KeyPrefix prefix, int maxUploads, Optional<String> token) {
        this.files = files;
        this.prefix = prefix;
        this.maxUploads = maxUploads;
        this.tokens = new PageToken("uploads", prefix.value());
        this.after = token.map(tokens::decode).map(position -> position.split("\n"));
    }

    Page<UploadInfo, String> page(Remote remote) throws IOException {
        String start = after.map(position -> position[0]).orElse("");
        TreeWalk walk = new TreeWalk(remote, files.uploads(), prefix, start, false, maxUploads + 1);
        List<UploadInfo> uploads = new ArrayList<>();
        Optional<String> last = Optional.empty();
        for (Optional<TreeWalk.Found> key = walk.next(); key.isPresent(); key = walk.next()) {
            String text = key.get().text();
            String from =
                    text.equals(start) ? after.map(position -> position[1]).orElse("") : "";
            Optional<ObjectKey> named = KeyTree.unescape(text).map(ObjectKey::new);
            for (String id : ids(remote, key.get().path(), from, maxUploads + 1 - uploads.size())) {
                if (uploads.size() == maxUploads) {
                    return new Page<>(uploads, last.map(tokens::encode));
                }
                Instant created = UploadId.created(id).orElseThrow();
                named.ifPresent(object -> uploads.add(new UploadInfo(object, new UploadId(id), created)));
                last = Optional.of(text + '\n' + id);
            }
        }
        return new Page<>(uploads, Optional.empty());
    }

    /** Returns the least ids after {@code from}, which are those of the oldest uploads. */
    private static List<String> ids(Remote remote, String folder, String from, int most) throws IOException {
        TreeSet<String> least = new TreeSet<>();
        try {
            remote.visit(folder, entry -> {
                if (entry.name().compareTo(from) > 0
                        && UploadId.created(entry.name()).isPresent()) {
                    least.add(entry.name());
                    if (least.size() > most) {
                        least.pollLast();
                    }
                }
                return true;
            });
        } catch (SftpException e) {
            if (!Failures.isMissing(e)) {
                throw e;
            }
        }
        return List.copyOf(least);
    }
}
