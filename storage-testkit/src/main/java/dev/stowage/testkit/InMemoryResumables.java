package dev.stowage.testkit;

import dev.stowage.core.multipart.FencingToken;
import dev.stowage.core.multipart.PartInfo;
import dev.stowage.core.multipart.PartNumber;
import dev.stowage.core.multipart.ProcessId;
import dev.stowage.core.multipart.ResumableId;
import dev.stowage.core.multipart.Resumption;
import dev.stowage.core.multipart.UploadId;
import dev.stowage.core.multipart.UploadOffset;
import dev.stowage.core.multipart.UploadSession;
import dev.stowage.core.multipart.UploadState;
import dev.stowage.core.port.records.ResumableSessions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Resumable uploads in memory. Safe for concurrent use; changes hold the sessions' lock. */
final class InMemoryResumables implements ResumableSessions {

    private final InMemorySessions sessions;
    private final ProcessId process;
    private final Map<UploadId, Long> tokens = new HashMap<>();
    private final Map<UploadId, NavigableMap<Long, Chunk>> chunks = new HashMap<>();

    private final Map<UploadId, NavigableMap<Long, byte[]>> digests = new HashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Chunk(byte[] bytes, boolean staged) {}

    InMemoryResumables(InMemorySessions sessions, ProcessId process) {
        this.sessions = sessions;
        this.process = process;
    }

    @Override
    public Optional<UploadSession> find(ResumableId id) {
        synchronized (sessions) {
            return sessions.matching(session -> session.resumption()
                            .map(Resumption::id)
                            .filter(id::equals)
                            .isPresent())
                    .findFirst();
        }
    }

    @Override
    public void add(UploadSession session, int max) {
        sessions.add(session, max);
    }

    @Override
    public UploadSession addPut(UploadSession session, int max, long size, Instant now) {
        UploadSession putting = session.putting(process, size, now);
        sessions.add(putting, max);
        return putting;
    }

    @Override
    public Optional<ResumableSessions.CurrentUpload> current(ResumableId id) {
        synchronized (sessions) {
            return find(id).map(session -> new ResumableSessions.CurrentUpload(session, newest(session.id())));
        }
    }

    @Override
    public Optional<FencingToken> begin(FencingToken newest) {
        synchronized (sessions) {
            return newest(newest.upload()).equals(newest) ? begin(newest.upload()) : Optional.empty();
        }
    }

    @Override
    public Optional<UploadSession> beginPut(FencingToken token, UploadSession open, long size, Instant now) {
        synchronized (sessions) {
            UploadSession putting = open.putting(process, size, now);
            return newest(token.upload()).equals(token) && sessions.change(open, putting)
                    ? Optional.of(putting)
                    : Optional.empty();
        }
    }

    /** All other processes count as ended. */
    @Override
    public boolean reopen(UploadSession putting, Instant now) {
        synchronized (sessions) {
            boolean open = putting.state() == UploadState.COMPLETING
                    && sessions.change(putting, putting.to(UploadState.OPEN, now));
            if (open) {
                tokens.merge(putting.id(), 1L, Long::sum);
            }
            return open;
        }
    }

    private FencingToken newest(UploadId id) {
        return new FencingToken(id, tokens.getOrDefault(id, 0L));
    }

    @Override
    public Optional<FencingToken> begin(UploadId id) {
        synchronized (sessions) {
            if (!sessions.isOpen(id)) {
                return Optional.empty();
            }
            of(id).values().removeIf(Chunk::staged);
            return Optional.of(new FencingToken(id, tokens.merge(id, 1L, Long::sum)));
        }
    }

    @Override
    public UploadOffset offset(UploadId id) {
        synchronized (sessions) {
            return new UploadOffset(end(id), kept(id));
        }
    }

    @Override
    public List<PartInfo> parts(UploadId id) {
        synchronized (sessions) {
            return List.copyOf(sessions.known(id).values());
        }
    }

    @Override
    public boolean keep(FencingToken token, long position, List<byte[]> added, Instant now) {
        return put(token, position, added, false, now);
    }

    @Override
    public boolean stage(FencingToken token, long position, List<byte[]> added, Instant now) {
        return put(token, position, added, true, now);
    }

    @Override
    public Optional<byte[]> read(FencingToken token, long position) {
        synchronized (sessions) {
            return newest(token.upload()).equals(token)
                    ? Optional.ofNullable(of(token.upload()).get(position)).map(Chunk::bytes)
                    : Optional.empty();
        }
    }

    @Override
    public boolean commit(FencingToken token, List<PartInfo> parts, Instant now) {
        synchronized (sessions) {
            if (!isCurrent(token)) {
                return false;
            }
            UploadId id = token.upload();
            parts.forEach(part -> sessions.known(id).put(part.number(), part));
            of(id).headMap(end(id)).clear();
            of(id).replaceAll((position, chunk) -> new Chunk(chunk.bytes(), false));
            sessions.touch(id, now);
            return true;
        }
    }

    @Override
    public boolean rewind(FencingToken token, PartNumber first, Instant now) {
        synchronized (sessions) {
            if (!isCurrent(token)) {
                return false;
            }
            sessions.known(token.upload()).keySet().removeIf(number -> number.compareTo(first) >= 0);
            delete(token.upload());
            sessions.touch(token.upload(), now);
            return true;
        }
    }

    @Override
    public boolean expect(FencingToken token, long size) {
        synchronized (sessions) {
            if (isCurrent(token)) {
                sessions.expect(token.upload(), size);
                return true;
            }
            return false;
        }
    }

    @Override
    public boolean saveDigest(FencingToken token, long position, byte[] state) {
        synchronized (sessions) {
            if (!isCurrent(token)) {
                return false;
            }
            NavigableMap<Long, byte[]> saved = digests.computeIfAbsent(token.upload(), unknown -> new TreeMap<>());
            long offset = end(token.upload()) + kept(token.upload());
            saved.keySet().removeIf(before -> before < offset && before % partSize(token.upload()) != 0);
            saved.put(position, state.clone());
            return true;
        }
    }

    @Override
    public Optional<byte[]> digest(UploadId id, long position) {
        synchronized (sessions) {
            return Optional.ofNullable(digests.getOrDefault(id, new TreeMap<>()).get(position));
        }
    }

    @Override
    public List<UploadSession> partials(Instant before, int max) {
        synchronized (sessions) {
            return sessions.matching(session -> session.state() == UploadState.COMPLETED
                            && session.resumption().filter(Resumption::partial).isPresent()
                            && session.lastActivity().isBefore(before))
                    .limit(max)
                    .toList();
        }
    }

    /** Returns the number of pending bytes. */
    long kept(UploadId id) {
        return of(id).values().stream()
                .filter(chunk -> !chunk.staged())
                .mapToLong(chunk -> chunk.bytes().length)
                .sum();
    }

    void delete(UploadId id) {
        chunks.remove(id);
        digests.remove(id);
    }

    private boolean put(FencingToken token, long position, List<byte[]> added, boolean staged, Instant now) {
        synchronized (sessions) {
            if (!isCurrent(token)) {
                return false;
            }
            long start = position;
            for (byte[] bytes : added) {
                of(token.upload()).put(start, new Chunk(bytes.clone(), staged));
                start += bytes.length;
            }
            sessions.touch(token.upload(), now);
            return true;
        }
    }

    @Override
    public boolean isCurrent(FencingToken token) {
        synchronized (sessions) {
            return sessions.isOpen(token.upload()) && tokens.getOrDefault(token.upload(), 0L) == token.number();
        }
    }

    @Override
    public Set<FencingToken> current(Set<FencingToken> some) {
        return some.stream().filter(this::isCurrent).collect(Collectors.toSet());
    }

    private long end(UploadId id) {
        return sessions.known(id).values().stream().mapToLong(PartInfo::size).sum();
    }

    private NavigableMap<Long, Chunk> of(UploadId id) {
        return chunks.computeIfAbsent(id, unknown -> new TreeMap<>());
    }

    private long partSize(UploadId id) {
        return sessions.matching(session -> session.id().equals(id))
                .findFirst()
                .flatMap(UploadSession::resumption)
                .orElseThrow()
                .partSize();
    }
}
