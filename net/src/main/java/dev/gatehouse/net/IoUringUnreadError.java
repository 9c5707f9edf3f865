package dev.gatehouse.net;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.IoUringIoEvent;

/**
 * Lets a connection on io_uring read the error that stands behind its last bytes, such as the peer's reset.
 *
 * <p>Netty 4.2.18 reads on after a read that left something in the socket, as the kernel says by a flag. The kernel sets it for more
 * bytes and for an EOF, not for an error. When the reset comes before those bytes are read, the poll has told of it already and, being
 * edge-triggered, tells nothing again: the connection would stay as it is until somebody writes, or a deadline ends it. Here, once the
 * poll has told of an error, each read is said to have left something.
 */
@SuppressWarnings("try") // The signature of close() is Netty's.
final class IoUringUnreadError extends FilteredHandle {
    /** IORING_OP_POLL_ADD. */
    private static final byte POLL = 6;
    /** IORING_OP_RECV. */
    private static final byte RECEIVE = 27;
    /** POLLERR, in a poll's result. */
    private static final int ERROR = 8;
    /** IORING_CQE_F_SOCK_NONEMPTY, in a read's flags. */
    private static final int NOT_EMPTY = 4;

    private boolean failed;

    private IoUringUnreadError(IoHandle handle) {
        super(handle);
    }

    static IoRegistration register(IoHandler handler, IoHandle handle) throws Exception {
        return handler.register(new IoUringUnreadError(handle));
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        if (event instanceof IoUringIoEvent completion) {
            byte operation = completion.opcode();
            if (operation == POLL) {
                failed |= completion.res() > 0 && (completion.res() & ERROR) != 0;
            } else if (failed && operation == RECEIVE && completion.res() > 0) {
                int flags = completion.flags() | NOT_EMPTY;
                super.handle(
                        registration, new IoUringIoEvent(completion.res(), flags, operation, completion.userData()));
                return;
            }
        }
        super.handle(registration, event);
    }
}
