package dev.gatehouse.cluster.store;

import dev.gatehouse.ring.membership.Memberships;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A folder of this machine, for one coordinator, which always leads. Memberships stand in one file, {@code memberships}, which is never
 * written to: a new one is written beside it, synced, and renamed over it, and then the folder is synced. So a process that is killed at any
 * moment leaves the old or the new one, whole. A file that has been damaged otherwise is told by its checksum, and refused. Any thread.
 */
public final class FileStore implements Store {
    /** The greatest epoch to begin with: readers of JSON hold it exactly, and starts have room above it. */
    private static final long EPOCH_MAX = (1L << 53) - 1;

    private static final String CURRENT = "memberships";
    private static final String NEXT = "memberships.next";
    private static final String DAMAGED = "memberships.damaged";
    private static final String LOCK = "lock";

    private final Path folder;
    private final OptionalLong newEpoch;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("gatehouse-store").factory());

    private @Nullable FileLock lock;

    private FileStore(Path folder, OptionalLong newEpoch) {
        this.folder = folder;
        this.newEpoch = newEpoch;
    }

    /** The store in this folder, which is made if it isn't there. */
    public static FileStore in(Path folder) {
        return new FileStore(folder, OptionalLong.empty());
    }

    /**
     * The store in this folder, beginning with this epoch: the way out when it is damaged. A copy of what is damaged is kept as {@code
     * memberships.damaged}, and the coordinator begins without members; what isn't is kept.
     *
     * @param epoch above every epoch that participants have seen, which their logs and {@code gatehouse ring} tell; 1 to 2^53 - 1
     */
    public static FileStore in(Path folder, long epoch) {
        if (epoch < 1 || epoch > EPOCH_MAX) {
            throw new IllegalArgumentException("epoch: " + epoch + " (expected: 1 to " + EPOCH_MAX + ")");
        }
        return new FileStore(folder, OptionalLong.of(epoch));
    }

    @Override
    public void campaign(String address, Candidate candidate) {
        acquire();
        Memberships kept = kept();
        long next = kept.version().epoch() + 1;
        long epoch = newEpoch.orElse(next);
        if (epoch < next) {
            throw new StoreException(
                    file(CURRENT) + ": epoch " + epoch + " was there before (expected: " + next + " or more)");
        }
        candidate.check(kept);
        candidate.leads(epoch, kept);
    }

    @Override
    public CompletableFuture<Void> save(Memberships memberships) {
        return CompletableFuture.runAsync(() -> write(memberships), writer);
    }

    @Override
    public synchronized void close() {
        writer.close();
        if (lock != null) {
            try {
                lock.acquiredBy().close();
            } catch (IOException e) {
                throw new StoreException(file(LOCK) + ": can't be closed: " + why(e), e);
            }
        }
    }

    private synchronized void acquire() {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(file(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = locked(channel);
            if (lock == null) {
                channel.close();
                throw new StoreException(folder + ": another coordinator uses it (expected: a folder for each)");
            }
        } catch (IOException e) {
            throw new StoreException(folder + ": can't be used: " + why(e) + " (expected: a folder to write to)", e);
        }
    }

    private static @Nullable FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another one in this process.
            return null;
        }
    }

    private Memberships kept() {
        Path file = file(CURRENT);
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Memberships.NONE;
        } catch (IOException e) {
            throw new StoreException(file + ": can't be read: " + why(e), e);
        }
        try {
            return MembershipsFile.read(content);
        } catch (DamagedFileException e) {
            if (newEpoch.isEmpty()) {
                throw new StoreException(
                        file + ": damaged: " + e.getMessage()
                                + "; begin without it by --new-epoch N, with an N above every epoch that was there",
                        e);
            }
            keepACopy(file);
            return Memberships.NONE;
        }
    }

    /** What is damaged stays in its place until the first save: whoever starts before that without a new epoch is refused, too. */
    private void keepACopy(Path file) {
        try {
            Files.copy(file, file(DAMAGED), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StoreException(file + ": can't be copied: " + why(e), e);
        }
    }

    private void write(Memberships memberships) {
        try {
            Path next = file(NEXT);
            Files.write(next, MembershipsFile.write(memberships));
            sync(next, StandardOpenOption.WRITE);
            Files.move(next, file(CURRENT), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new StoreException(file(CURRENT) + ": can't be written: " + why(e), e);
        }
    }

    private static void sync(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    /** In words: what exceptions of files say is mostly the path alone. */
    private static String why(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "no permission";
            case NoSuchFileException missing -> "there is no such place";
            case FileAlreadyExistsException there -> "a file is in its place";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}
