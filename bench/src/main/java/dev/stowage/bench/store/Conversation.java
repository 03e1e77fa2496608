package dev.stowage.bench.store;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.net.URLDecoder;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests of one connection. */
final class Conversation {

    private static final String DATE = "Sun, 30 Nov 2025 12:00:00 GMT";
    private static final Pattern KEY = Pattern.compile("<Key>([^<]+)</Key>");

    private final Wire wire;
    private final Objects objects;

    Conversation(SocketChannel channel, Objects objects) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.wire = new Wire(channel);
        this.objects = objects;
    }

    void run() throws IOException {
        for (Head head = wire.readHead(); head != null; head = wire.readHead()) {
            switch (head.method()) {
                case "GET", "HEAD" -> read(head);
                case "PUT" -> put(head);
                case "POST" -> post(head);
                case "DELETE" -> delete(head);
                default -> answer("405 Method Not Allowed", "");
            }
        }
    }

    private void read(Head head) throws IOException {
        if (head.path().indexOf('/', 1) < 0 || head.query().contains("uploads")) {
            answer(
                    head,
                    "200 OK",
                    head.hasParameter("uploads") ? "<ListMultipartUploadsResult/>" : "<ListBucketResult/>");
            return;
        }
        if (head.hasParameter("uploadId")) {
            answer(head, "200 OK", "<ListPartsResult>" + parts(head.path()) + "</ListPartsResult>");
            return;
        }
        Optional<FileChannel> found = objects.open(head.path());
        if (found.isEmpty()) {
            answer(head, "404 Not Found", "<Error><Code>NoSuchKey</Code></Error>");
            return;
        }
        try (FileChannel file = found.get()) {
            send(head, file);
        }
    }

    private String parts(String path) throws IOException {
        StringBuilder parts = new StringBuilder();
        int number = 1;
        for (String part = part(path, number); objects.size(part).isPresent(); part = part(path, ++number)) {
            parts.append("<Part><PartNumber>%d</PartNumber><ETag>&quot;%s&quot;</ETag><Size>%d</Size>"
                    .formatted(number, Objects.etag(part), objects.size(part).getAsLong()));
            parts.append("<LastModified>2025-11-30T12:00:00.000Z</LastModified></Part>");
        }
        return parts.toString();
    }

    private static String part(String path, int number) {
        return path + "?partNumber=" + number;
    }

    private void send(Head head, FileChannel file) throws IOException {
        long size = file.size();
        String range = head.field("range");
        long first = 0;
        long last = size - 1;
        if (!range.isEmpty()) {
            String[] ends = range.substring("bytes=".length()).split("-", -1);
            first = Long.parseLong(ends[0]);
            last = ends[1].isEmpty() ? last : Math.min(last, Long.parseLong(ends[1]));
        }
        long length = last - first + 1;
        wire.write("HTTP/1.1 " + (range.isEmpty() ? "200 OK" : "206 Partial Content") + "\r\nDate: " + DATE
                + "\r\nContent-Type: application/octet-stream\r\nLast-Modified: " + DATE + "\r\nETag: \""
                + Objects.etag(head.path()) + "\"\r\nContent-Length: " + length
                + (range.isEmpty() ? "" : "\r\nContent-Range: bytes " + first + "-" + last + "/" + size)
                + "\r\n\r\n");
        if (head.method().equals("GET")) {
            wire.write(file, first, length);
        }
    }

    private void put(Head head) throws IOException {
        if (head.field("expect").startsWith("100")) {
            wire.write("HTTP/1.1 100 Continue\r\n\r\n");
        }
        if (!head.field("x-amz-copy-source").isEmpty()) {
            copy(head);
            return;
        }
        Path written = objects.begin();
        try (FileChannel file = FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            wire.readBody(head.length(), file);
        }
        String part = head.hasParameter("partNumber") ? "?" + head.query().replaceAll("&?uploadId=[^&]*&?", "") : "";
        objects.put(head.path() + part, written);
        wire.write("HTTP/1.1 200 OK\r\nDate: " + DATE + "\r\nETag: \"" + Objects.etag(head.path() + part)
                + "\"\r\nContent-Length: 0\r\n\r\n");
    }

    private void copy(Head head) throws IOException {
        String source = URLDecoder.decode(head.field("x-amz-copy-source"), StandardCharsets.UTF_8);
        objects.copy(source.startsWith("/") ? source : "/" + source, head.path());
        answer(
                "200 OK",
                "<CopyObjectResult><ETag>&quot;" + Objects.etag(head.path())
                        + "&quot;</ETag><LastModified>2025-11-30T12:00:00.000Z</LastModified></CopyObjectResult>");
    }

    private void post(Head head) throws IOException {
        if (head.hasParameter("delete")) {
            deleteAll(head);
            return;
        }
        Path unread = objects.begin();
        try (FileChannel file = FileChannel.open(
                unread, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            wire.readBody(head.length(), file);
        }
        if (head.hasParameter("uploads")) {
            answer(
                    "200 OK",
                    "<InitiateMultipartUploadResult><UploadId>" + UUID.randomUUID()
                            + "</UploadId></InitiateMultipartUploadResult>");
        } else {
            String etag = "&quot;" + Objects.etag(head.path()) + "-2&quot;";
            answer(
                    "200 OK",
                    "<CompleteMultipartUploadResult><ETag>" + etag + "</ETag></CompleteMultipartUploadResult>");
        }
    }

    private void deleteAll(Head head) throws IOException {
        Path list = objects.begin();
        try (FileChannel file = FileChannel.open(list, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            wire.readBody(head.length(), file);
        }
        Matcher keys = KEY.matcher(Files.readString(list));
        Files.delete(list);
        while (keys.find()) {
            objects.delete(head.path().replaceAll("/$", "") + "/" + keys.group(1));
        }
        answer("200 OK", "<DeleteResult/>");
    }

    private void delete(Head head) throws IOException {
        objects.delete(head.path());
        wire.write("HTTP/1.1 204 No Content\r\nDate: " + DATE + "\r\n\r\n");
    }

    /** A body after a response to {@code HEAD} would be read as the start of the connection's next response. */
    private void answer(Head head, String status, String body) throws IOException {
        answer(status, head.method().equals("HEAD") ? "" : body);
    }

    private void answer(String status, String body) throws IOException {
        wire.write("HTTP/1.1 " + status + "\r\nDate: " + DATE + "\r\nContent-Type: application/xml\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }
}
