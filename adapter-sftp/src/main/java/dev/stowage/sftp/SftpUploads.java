package dev.stowage.sftp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.multipart.ChosenParts;
import dev.stowage.core.multipart.MultipartEtag;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartLimits;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.PartTag;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadInfo;
import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ContentStream;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectRange;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.sshd.sftp.common.SftpException;

/**
 * Multipart uploads in folders. A folder contains a file with the attributes, and a file for each part. Who moves the folder away has ended
 * the upload: of a completion and an abort at the same time, one.
 */
final class SftpUploads implements MultipartStore {

    /** The file with the attributes of the object. Its bytes are the key. */
    static final String RECORD = "upload";

    private final SftpFiles files;

    SftpUploads(SftpFiles files) {
        this.files = files;
    }

    /** The files would take parts of any size. Clients expect the limits of S3, whatever the store is. */
    @Override
    public PartLimits limits() {
        return PartLimits.S3;
    }

    @Override
    public UploadId create(ObjectKey key, ObjectAttributes attributes) {
        UploadId id = UploadId.next(files.clock().instant());
        String folder = folder(key, id);
        try (NewFile file = files.create();
                ContentStream name = ContentStream.open(Content.of(key.value().getBytes(UTF_8)), List.of())) {
            Header unused = file.receive(name, attributes, id.value(), files.clock());
            files.uploads().inFolder(file.remote(), folder, () -> file.remote().makeFolder(folder));
            file.renameTo(folder + '/' + RECORD);
            return id;
        } catch (IOException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public PartInfo putPart(
            ObjectKey key, UploadId upload, PartNumber number, Content content, List<Checksum> expected) {
        limits().checkSize(content.length().orElse(0));
        try (NewFile file = files.create()) {
            Header unused = record(file.remote(), key, upload);
            Header header;
            try (ContentStream body = ContentStream.open(content, expected)) {
                header = file.receive(
                        body, ObjectAttributes.DEFAULT, UUID.randomUUID().toString(), files.clock());
            }
            limits().checkSize(header.size());
            file.renameTo(folder(key, upload) + '/' + UploadNames.of(number));
            return info(number, header);
        } catch (SftpException e) {
            throw Failures.isMissing(e) ? NotFound.upload(key.value(), upload.value()) : Failures.of(e);
        } catch (IOException e) {
            throw Failures.of(e);
        }
    }

    /** {@inheritDoc} This store can't: parts are sent by clients only. */
    @Override
    public Optional<PartInfo> copyPart(ObjectKey key, UploadId upload, PartNumber number, ObjectRange source) {
        return Optional.empty();
    }

    @Override
    public ObjectInfo complete(ObjectKey key, UploadId upload, List<PartTag> parts, WriteCondition condition) {
        try (NewFile file = files.create()) {
            Remote remote = file.remote();
            ObjectAttributes attributes = record(remote, key, upload).attributes();
            files.checkSupported(condition);
            ChosenParts.checkOrder(parts);
            List<PartInfo> stored = stored(
                    remote, key, upload, parts.stream().map(PartTag::number).toList());
            ChosenParts chosen = ChosenParts.of(parts, stored, limits().minSize());
            if (condition instanceof WriteCondition.IfAbsent) {
                checkAbsent(remote, key, upload);
            }
            Header header = Header.of(
                    chosen.size(),
                    files.clock().instant(),
                    upload.value(),
                    MultipartEtag.of(parts.stream().map(PartTag::etag).toList()).orElseThrow(),
                    attributes,
                    stored.stream().map(PartInfo::size).toList());
            assemble(file, header, key, upload, parts);
            publish(file, key, upload, condition);
            return header.info(key);
        } catch (IOException e) {
            throw Failures.of(e);
        }
    }

    /** Refuses an existing object before its parts are copied, unless an earlier attempt has created it. */
    private void checkAbsent(Remote remote, ObjectKey key, UploadId upload) throws IOException {
        Optional<Header> there = files.header(remote, files.objects().path(key));
        there.ifPresent(header -> SftpFiles.checkOwn(header, upload.value(), key));
    }

    private void assemble(NewFile file, Header header, ObjectKey key, UploadId upload, List<PartTag> parts)
            throws IOException {
        file.begin(header);
        long position = header.length();
        for (PartTag part : parts) {
            try (OpenFile from = OpenFile.open(file.remote(), path(key, upload, part.number()), Header.USUAL)) {
                if (!from.header().etag().equals(part.etag())) {
                    throw replaced(part);
                }
                file.copy(from, position);
                position += from.header().size();
            } catch (SftpException e) {
                // Only the end of the upload removes parts.
                if (Failures.isMissing(e)) {
                    throw NotFound.upload(key.value(), upload.value());
                }
                throw e;
            }
        }
        file.finish();
    }

    private static InvalidInput replaced(PartTag part) {
        return new InvalidInput(
                ErrorCode.INVALID_PART, "Part " + part.number() + " was replaced; send the ETag of the last upload");
    }

    /**
     * Takes the upload away first, so that nobody else completes or aborts it. If the process ends before the object has its name, a sweep
     * opens the upload again.
     */
    private void publish(NewFile file, ObjectKey key, UploadId upload, WriteCondition condition) throws IOException {
        Remote remote = file.remote();
        String taken = files.completing() + '/' + upload.value();
        try {
            remote.rename(folder(key, upload), taken);
        } catch (SftpException e) {
            if (Failures.isMissing(e)) {
                throw gone(remote, key, upload);
            }
            throw e;
        }
        try {
            files.publish(file, upload.value(), key, condition, () -> true);
        } catch (PreconditionFailed e) {
            String folder = folder(key, upload);
            files.uploads().inFolder(remote, folder, () -> remote.rename(taken, folder));
            throw e;
        }
        try {
            discard(remote, key, upload, taken);
        } catch (IOException e) {
            // The object is stored. A sweep finds that out, and discards the upload.
        }
    }

    @Override
    public void abort(ObjectKey key, UploadId upload) {
        checkId(key, upload);
        boolean unused = files.connections().once(Deadline.ofCall(), remote -> {
            try {
                discard(remote, key, upload, folder(key, upload));
                return true;
            } catch (SftpException e) {
                if (Failures.isMissing(e)) {
                    throw gone(remote, key, upload);
                }
                throw e;
            }
        });
    }

    private void discard(Remote remote, ObjectKey key, UploadId upload, String folder) throws IOException {
        files.discard(remote, folder);
        files.uploads().prune(remote, folder(key, upload));
    }

    @Override
    public Page<PartInfo, PartNumber> listParts(
            ObjectKey key, UploadId upload, int maxParts, Optional<PartNumber> after) {
        return files.connections().call(Deadline.ofCall(), remote -> {
            Header unused = record(remote, key, upload);
            TreeSet<PartNumber> least = new TreeSet<>();
            try {
                remote.visit(folder(key, upload), entry -> {
                    Optional<PartNumber> number = UploadNames.part(entry.name());
                    if (number.isPresent() && (after.isEmpty() || number.get().compareTo(after.get()) > 0)) {
                        least.add(number.get());
                        if (least.size() > maxParts + 1) {
                            least.pollLast();
                        }
                    }
                    return true;
                });
            } catch (SftpException e) {
                if (Failures.isMissing(e)) {
                    throw gone(remote, key, upload);
                }
                throw e;
            }
            List<PartNumber> numbers = new ArrayList<>(least);
            boolean more = numbers.size() > maxParts;
            List<PartNumber> page = more ? numbers.subList(0, maxParts) : numbers;
            return new Page<>(
                    stored(remote, key, upload, page), more ? Optional.of(page.get(maxParts - 1)) : Optional.empty());
        });
    }

    /** Returns those of the parts that are stored. */
    private List<PartInfo> stored(Remote remote, ObjectKey key, UploadId upload, List<PartNumber> numbers)
            throws IOException {
        List<SftpFiles.Found> found = files.headers(
                remote,
                numbers.stream().map(number -> path(key, upload, number)).toList());
        List<PartInfo> parts = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            if (found.get(i) instanceof SftpFiles.Found.Valid valid) {
                parts.add(info(numbers.get(i), valid.header()));
            }
        }
        return parts;
    }

    @Override
    public Page<UploadInfo, String> listUploads(KeyPrefix prefix, int maxUploads, Optional<String> token) {
        SftpUploadListing listing = new SftpUploadListing(files, prefix, maxUploads, token);
        return files.connections().call(Deadline.ofCall(), listing::page);
    }

    /** Returns the attributes of an open upload. @throws NotFound when there is none */
    private Header record(Remote remote, ObjectKey key, UploadId upload) throws IOException {
        checkId(key, upload);
        Optional<Header> record = files.header(remote, folder(key, upload) + '/' + RECORD);
        if (record.isEmpty()) {
            throw gone(remote, key, upload);
        }
        return record.get();
    }

    /** An id that this store did not give must not become part of a path. */
    private static void checkId(ObjectKey key, UploadId upload) {
        if (UploadId.created(upload.value()).isEmpty()) {
            throw NotFound.upload(key.value(), upload.value());
        }
    }

    /** Returns the error for an upload that is not open. */
    private RuntimeException gone(Remote remote, ObjectKey key, UploadId upload) throws IOException {
        try {
            FileEntry unused = remote.stat(files.completing() + '/' + upload.value());
            return new Conflict("The upload " + upload + " is being completed. Try again later.");
        } catch (SftpException e) {
            if (Failures.isMissing(e)) {
                return NotFound.upload(key.value(), upload.value());
            }
            throw e;
        }
    }

    private String folder(ObjectKey key, UploadId upload) {
        return files.uploads().path(key) + '/' + upload.value();
    }

    private String path(ObjectKey key, UploadId upload, PartNumber number) {
        return folder(key, upload) + '/' + UploadNames.of(number);
    }

    private static PartInfo info(PartNumber number, Header header) {
        return new PartInfo(number, header.size(), header.etag(), header.lastModified());
    }
}
