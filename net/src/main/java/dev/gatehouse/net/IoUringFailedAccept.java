package dev.gatehouse.net;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.Errors;
import io.netty.channel.uring.IoUringIoEvent;

/**
 * Lets a listener on io_uring rest after a failure to accept, until it is told to read again.
 *
 * <p>Netty 4.2.18 asks the kernel for connections with one request for many (multishot). That request ends when it fails, and Netty
 * makes the next one at once, also when {@link AcceptFailures} has just switched reading off. With no file descriptors left that one
 * fails at once too, and the event loop does nothing else any more. Here, what a listener submits while it handles a failure is
 * dropped, as if there were no room for it; Netty takes that well, and submits when reading is switched on.
 */
@SuppressWarnings("try") // The signature of close() is Netty's.
final class IoUringFailedAccept extends FilteredHandle {
    /** IORING_OP_ACCEPT. */
    private static final byte ACCEPT = 13;
    /** -ECANCELED: reading was switched off. */
    private static final int CANCELLED = -125;

    private static final long NOT_SUBMITTED = 0;

    private boolean failing;

    private IoUringFailedAccept(IoHandle handle) {
        super(handle);
    }

    static IoRegistration register(IoHandler handler, IoHandle handle) throws Exception {
        IoUringFailedAccept ours = new IoUringFailedAccept(handle);
        return ours.new Registration(handler.register(ours));
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        failing = event instanceof IoUringIoEvent completion && failed(completion);
        try {
            super.handle(registration, event);
        } finally {
            failing = false;
        }
    }

    private static boolean failed(IoUringIoEvent accept) {
        int result = accept.res();
        return result < 0 && accept.opcode() == ACCEPT && result != CANCELLED && result != Errors.ERRNO_EAGAIN_NEGATIVE;
    }

    private final class Registration extends FilteredRegistration {
        Registration(IoRegistration registration) {
            super(registration);
        }

        @Override
        public long submit(IoOps ops) {
            return failing ? NOT_SUBMITTED : super.submit(ops);
        }
    }
}
