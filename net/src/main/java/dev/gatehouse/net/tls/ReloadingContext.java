package dev.gatehouse.net.tls;

import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A context that is made of files, and made anew when what stands in them has changed; connections keep the one that they began
 * with. Any thread.
 *
 * <p>The files are looked at when a context is asked for, at most once a second, on a virtual thread that ends with the look: so
 * there is no thread to stop, and no event loop that waits for a disk. Whoever asks first after a change still gets the old
 * context.
 */
final class ReloadingContext {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadingContext.class);
    private static final long LOOK_INTERVAL_NANOS = 1_000_000_000;

    private final List<PemFile> files;
    private final Function<List<String>, SslContext> maker;
    private final LongSupplier nanos;
    private final Executor looks;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Lock lock = new ReentrantLock();
    private volatile long lookedNanos;
    private volatile SslContext current;
    /** What stood in the files; guarded by the lock. */
    private List<String> seen;
    /** Why the files couldn't be read at the last look, so that it is said once; guarded by the lock. */
    private String complaint = "";

    /** With what makes a context of the files' texts, in their order. */
    ReloadingContext(List<PemFile> files, Function<List<String>, SslContext> maker, LongSupplier nanos) {
        this(files, maker, nanos, Thread::startVirtualThread);
    }

    /** With what carries out the looks at the files. */
    ReloadingContext(
            List<PemFile> files, Function<List<String>, SslContext> maker, LongSupplier nanos, Executor looks) {
        this.files = files;
        this.maker = maker;
        this.nanos = nanos;
        this.looks = looks;
        lookedNanos = nanos.getAsLong();
        seen = texts();
        current = maker.apply(seen);
    }

    /** One that is made of no files, and stays. */
    static ReloadingContext of(SslContext context) {
        return new ReloadingContext(List.of(), texts -> context, System::nanoTime);
    }

    /** The context for a new connection. */
    SslContext context() {
        if (!files.isEmpty()
                && nanos.getAsLong() - lookedNanos >= LOOK_INTERVAL_NANOS
                && looking.compareAndSet(false, true)) {
            lookedNanos = nanos.getAsLong();
            looks.execute(this::look);
        }
        return current;
    }

    /**
     * Makes the context anew.
     *
     * @throws TlsFileException if the files are no good; the one before stays then
     */
    void reload() {
        lock.lock();
        try {
            load(true);
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        lock.lock();
        try {
            load(false);
        } catch (TlsFileException e) {
            String sentence = String.valueOf(e.getMessage());
            if (!sentence.equals(complaint)) {
                complaint = sentence;
                LOG.warn("TLS goes on with the files as they were: {}", sentence);
            }
        } finally {
            lock.unlock();
            looking.set(false);
        }
    }

    /** Under the lock. */
    private void load(boolean always) {
        List<String> texts = texts();
        complaint = "";
        if (always || !texts.equals(seen)) {
            seen = texts;
            current = maker.apply(texts);
            LOG.info(
                    "TLS goes on with new files: {}",
                    files.stream().map(PemFile::path).toList());
        }
    }

    private List<String> texts() {
        return files.stream().map(PemFile::read).toList();
    }
}
