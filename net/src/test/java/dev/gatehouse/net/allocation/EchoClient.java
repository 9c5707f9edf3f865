package dev.gatehouse.net.allocation;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;

/** Expects back, byte for byte, what it sends. */
public final class EchoClient implements MeasuredClient {
    private final Socket socket;
    private final byte[] batch;
    private final byte[] answer;

    /** On a connected socket; {@code frame} is one message as it stands on the wire. */
    public EchoClient(Socket socket, byte[] frame) {
        this.socket = socket;
        batch = new byte[frame.length * AllocationRun.IN_FLIGHT];
        for (int i = 0; i < AllocationRun.IN_FLIGHT; i++) {
            System.arraycopy(frame, 0, batch, i * frame.length, frame.length);
        }
        answer = new byte[batch.length];
    }

    @Override
    public void exchange() throws IOException {
        socket.getOutputStream().write(batch);
        if (socket.getInputStream().readNBytes(answer, 0, answer.length) < answer.length
                || !Arrays.equals(answer, batch)) {
            throw new IOException("a wrong answer");
        }
    }
}
