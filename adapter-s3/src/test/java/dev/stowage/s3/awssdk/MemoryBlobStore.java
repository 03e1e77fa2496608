package dev.stowage.s3.awssdk;

import dev.stowage.core.key.Utf8Order;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.SdkResponses;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * One bucket's objects in memory with the semantics of S3: any combination of keys, in UTF-8 order, replaced atomically, with conditions.
 *
 * <p>s3proxy's own stores use file systems, which can't hold {@code a} beside {@code a/b}, support no delimiter but the slash, sort by UTF-16
 * and accept parts of uploads that were never created.
 */
public final class MemoryBlobStore implements BlobStore {

    private final Set<String> buckets = ConcurrentHashMap.newKeySet();
    private final NavigableMap<String, MemoryObject> objects = new TreeMap<>(Utf8Order::compare);
    private final MemoryUploads uploads = new MemoryUploads();

    @Override
    public ListBucketsResponse list() {
        return ListBucketsResponse.builder()
                .buckets(buckets.stream()
                        .map(name -> SdkResponses.bucket(name, MemoryObject.now()))
                        .toList())
                .build();
    }

    @Override
    public HeadBucketResponse headBucket(HeadBucketRequest request) {
        requireBucket(request.bucket());
        return HeadBucketResponse.builder().build();
    }

    @Override
    public CreateBucketResponse createContainer(CreateBucketRequest request) {
        if (!buckets.add(request.bucket())) {
            throw S3Exceptions.bucketAlreadyOwnedByYou(request.bucket());
        }
        return CreateBucketResponse.builder().build();
    }

    @Override
    public void deleteBucket(String bucket) {
        buckets.remove(bucket);
    }

    @Override
    public synchronized ListObjectsV2Response list(ListObjectsV2Request request) {
        requireBucket(request.bucket());
        String prefix = request.prefix() == null ? "" : request.prefix();
        String delimiter = request.delimiter() == null ? "" : request.delimiter();
        String after = request.continuationToken() == null ? request.startAfter() : request.continuationToken();
        int most = request.maxKeys() == null ? 1000 : request.maxKeys();
        TreeSet<String> entries = new TreeSet<>(Utf8Order::compare);
        for (String key : objects.tailMap(prefix, true).keySet()) {
            if (key.startsWith(prefix)) {
                entries.add(group(key, prefix, delimiter));
            }
        }
        List<String> left = new ArrayList<>(after == null ? entries : entries.tailSet(after, false));
        List<String> page = left.subList(0, Math.min(most, left.size()));
        String next = left.size() > page.size() ? page.get(page.size() - 1) : null;
        return SdkResponses.objectsPage(
                page.stream()
                        .filter(entry -> !isGroup(entry, prefix, delimiter))
                        .map(key -> entry(key, require(request.bucket(), key)))
                        .toList(),
                page.stream()
                        .filter(entry -> isGroup(entry, prefix, delimiter))
                        .map(SdkResponses::commonPrefix)
                        .toList(),
                next);
    }

    private static S3Object entry(String key, MemoryObject object) {
        return SdkResponses.objectEntry(key, object.etag(), object.modified(), object.size(), StorageClass.STANDARD);
    }

    private static String group(String key, String prefix, String delimiter) {
        int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        return end < 0 ? key : key.substring(0, end + delimiter.length());
    }

    private static boolean isGroup(String entry, String prefix, String delimiter) {
        return !delimiter.isEmpty() && entry.indexOf(delimiter, prefix.length()) >= 0;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
        requireBucket(request.bucket());
        MemoryObject object = MemoryObject.of(read(payload), Described.by(request));
        publish(request.key(), object, request.ifMatch(), request.ifNoneMatch());
        return SdkResponses.putResponse(object.etag());
    }

    /** Stores an object under any name, including ones that this service refuses. */
    public void plant(String key, byte[] bytes) {
        publish(key, MemoryObject.of(read(new ByteArrayInputStream(bytes)), Described.PART), null, null);
    }

    private synchronized void publish(
            String key, MemoryObject object, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        MemoryObject old = objects.get(key);
        if (ifNoneMatch != null && old != null) {
            throw S3Exceptions.fromStatusCode(412);
        }
        if (ifMatch != null && (old == null || !old.has(ifMatch))) {
            throw S3Exceptions.fromStatusCode(412);
        }
        objects.put(key, object);
    }

    @Override
    public synchronized CopyObjectResponse copyBlob(CopyObjectRequest request) {
        MemoryObject source = require(request.sourceBucket(), request.sourceKey());
        if (request.copySourceIfMatch() != null && !source.has(request.copySourceIfMatch())) {
            throw S3Exceptions.fromStatusCode(412);
        }
        MemoryObject copy = request.metadataDirective() == MetadataDirective.REPLACE
                ? source.copy(Described.by(request))
                : source.copy();
        objects.put(request.destinationKey(), copy);
        return SdkResponses.copyResponse(copy.etag(), copy.modified());
    }

    @Override
    public synchronized HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        return require(request.bucket(), request.key()).head();
    }

    @Override
    public synchronized ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        MemoryObject object = require(request.bucket(), request.key());
        if (request.ifMatch() != null && !object.has(request.ifMatch())) {
            throw S3Exceptions.fromStatusCode(412);
        }
        Slice slice = Slice.of(request.range(), object.size());
        GetObjectResponse.Builder response = object.get().contentLength(slice.length());
        if (request.range() != null) {
            response.contentRange(slice.header());
        }
        return SdkResponses.getResponse(response.build(), object.open(slice.first(), slice.length()));
    }

    @Override
    public synchronized DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        requireBucket(request.bucket());
        objects.remove(request.key());
        return DeleteObjectResponse.builder().build();
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        requireBucket(request.bucket());
        return new MultipartUpload(uploads.begin(request), request);
    }

    @Override
    public synchronized void abortMultipartUpload(MultipartUpload upload) {
        uploads.end(upload.id(), upload.blobName());
    }

    @Override
    public synchronized CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        MemoryObject object = uploads.join(
                upload.id(), upload.blobName(), request.multipartUpload().parts());
        publish(upload.blobName(), object, request.ifMatch(), request.ifNoneMatch());
        uploads.end(upload.id(), upload.blobName());
        return SdkResponses.completeResponse(object.etag());
    }

    @Override
    public UploadPartResponse uploadMultipartPart(MultipartUpload upload, UploadPartRequest request, InputStream is) {
        return SdkResponses.uploadedPart(uploads.put(upload.id(), upload.blobName(), request.partNumber(), read(is)));
    }

    @Override
    public List<Part> listMultipartUpload(MultipartUpload upload) {
        return uploads.parts(upload.id(), upload.blobName());
    }

    @Override
    public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(String bucket) {
        return uploads.all();
    }

    @Override
    public long getMinimumMultipartPartSize() {
        return 5L << 20;
    }

    @Override
    public BucketCannedACL getContainerAccess(String bucket) {
        return BucketCannedACL.PRIVATE;
    }

    @Override
    public void setContainerAccess(String bucket, BucketCannedACL access) {}

    @Override
    public ObjectCannedACL getBlobAccess(String bucket, String key) {
        return ObjectCannedACL.PRIVATE;
    }

    @Override
    public void setBlobAccess(String bucket, String key, ObjectCannedACL access) {}

    private MemoryObject require(String bucket, String key) {
        requireBucket(bucket);
        MemoryObject object = objects.get(key);
        if (object == null) {
            throw S3Exceptions.noSuchKey(bucket, key, "missing");
        }
        return object;
    }

    private void requireBucket(String bucket) {
        if (!buckets.contains(bucket)) {
            throw S3Exceptions.noSuchBucket(bucket, "missing");
        }
    }

    private static OffHeapBytes read(InputStream payload) {
        try {
            return OffHeapBytes.read(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Slice(long first, long length, String header) {

        static Slice of(@Nullable String range, long size) {
            if (range == null) {
                return new Slice(0, size, "");
            }
            String[] ends = range.substring("bytes=".length()).split("-", -1);
            long first = ends[0].isEmpty() ? Math.max(0, size - Long.parseLong(ends[1])) : Long.parseLong(ends[0]);
            long last = ends[0].isEmpty() || ends[1].isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(ends[1]));
            if (first > last) {
                throw S3Exceptions.fromStatusCode(416);
            }
            return new Slice(first, last - first + 1, "bytes " + first + "-" + last + "/" + size);
        }
    }
}
