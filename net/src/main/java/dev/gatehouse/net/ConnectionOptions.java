package dev.gatehouse.net;

import static dev.gatehouse.net.Arguments.inRange;
import static dev.gatehouse.net.Arguments.positive;

import java.time.Duration;

/**
 * Limits of each connection. A duration of zero switches its deadline off (the close always has one); a buffer size of zero leaves it to the kernel.
 *
 * @param idleTimeout how long no byte may come while we read
 * @param firstMessageTimeout how long the first message may take
 * @param writeTimeout how long the peer may take none of the bytes that wait for it
 * @param handshakeTimeout how long the TLS handshake, and a PROXY header before it, may take from the accept on (above 0)
 * @param closeTimeout how long an orderly close waits for the peer's EOF (above 0)
 * @param lowWatermarkBytes below so many queued bytes there is room again
 * @param highWatermarkBytes from so many queued bytes on there is no room
 * @param queueBytesMax when so many bytes wait for the peer already, a send meets the policy
 * @param queuePolicy what that send does then
 * @param receiveBufferBytes the socket's receive buffer
 * @param sendBufferBytes the socket's send buffer
 * @param noDelay whether small segments are sent at once (TCP_NODELAY)
 * @param keepAlive whether the kernel probes a silent peer (SO_KEEPALIVE)
 */
public record ConnectionOptions(
        Duration idleTimeout,
        Duration firstMessageTimeout,
        Duration writeTimeout,
        Duration handshakeTimeout,
        Duration closeTimeout,
        int lowWatermarkBytes,
        int highWatermarkBytes,
        int queueBytesMax,
        QueuePolicy queuePolicy,
        int receiveBufferBytes,
        int sendBufferBytes,
        boolean noDelay,
        boolean keepAlive) {

    public ConnectionOptions {
        notNegative("idleTimeout", idleTimeout);
        notNegative("firstMessageTimeout", firstMessageTimeout);
        notNegative("writeTimeout", writeTimeout);
        positive("handshakeTimeout", handshakeTimeout);
        positive("closeTimeout", closeTimeout);
        inRange("highWatermarkBytes", highWatermarkBytes, 1, 1 << 30);
        inRange("lowWatermarkBytes", lowWatermarkBytes, 0, highWatermarkBytes);
        inRange("queueBytesMax", queueBytesMax, highWatermarkBytes, Integer.MAX_VALUE);
        inRange("receiveBufferBytes", receiveBufferBytes, 0, 1 << 30);
        inRange("sendBufferBytes", sendBufferBytes, 0, 1 << 30);
    }

    /**
     * No deadlines for reading, 30 s for writing, 10 s for handshakes, 2 s for closing; watermarks at 32 and 64 KiB, and a close at 8 MiB;
     * the kernel's buffers, no delay, no keep-alive.
     */
    public static ConnectionOptions defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 or more)");
        }
    }

    /** Builds {@link ConnectionOptions}; each setter is named as its component. */
    public static final class Builder {
        private Duration idleTimeout = Duration.ZERO;
        private Duration firstMessageTimeout = Duration.ZERO;
        private Duration writeTimeout = Duration.ofSeconds(30);
        private Duration handshakeTimeout = Duration.ofSeconds(10);
        private Duration closeTimeout = Duration.ofSeconds(2);
        private int lowWatermarkBytes = 32 << 10;
        private int highWatermarkBytes = 64 << 10;
        private int queueBytesMax = 8 << 20;
        private QueuePolicy queuePolicy = QueuePolicy.CLOSE;
        private int receiveBufferBytes;
        private int sendBufferBytes;
        private boolean noDelay = true;
        private boolean keepAlive;

        private Builder() {}

        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = idleTimeout;
            return this;
        }

        public Builder firstMessageTimeout(Duration firstMessageTimeout) {
            this.firstMessageTimeout = firstMessageTimeout;
            return this;
        }

        public Builder writeTimeout(Duration writeTimeout) {
            this.writeTimeout = writeTimeout;
            return this;
        }

        public Builder handshakeTimeout(Duration handshakeTimeout) {
            this.handshakeTimeout = handshakeTimeout;
            return this;
        }

        public Builder closeTimeout(Duration closeTimeout) {
            this.closeTimeout = closeTimeout;
            return this;
        }

        public Builder watermarksBytes(int low, int high) {
            lowWatermarkBytes = low;
            highWatermarkBytes = high;
            queueBytesMax = Math.max(queueBytesMax, high);
            return this;
        }

        /** Also raised to the high watermark by {@link #watermarksBytes}, where that is higher. */
        public Builder queueBytesMax(int queueBytesMax) {
            this.queueBytesMax = queueBytesMax;
            return this;
        }

        public Builder queuePolicy(QueuePolicy queuePolicy) {
            this.queuePolicy = queuePolicy;
            return this;
        }

        public Builder receiveBufferBytes(int receiveBufferBytes) {
            this.receiveBufferBytes = receiveBufferBytes;
            return this;
        }

        public Builder sendBufferBytes(int sendBufferBytes) {
            this.sendBufferBytes = sendBufferBytes;
            return this;
        }

        public Builder noDelay(boolean noDelay) {
            this.noDelay = noDelay;
            return this;
        }

        public Builder keepAlive(boolean keepAlive) {
            this.keepAlive = keepAlive;
            return this;
        }

        public ConnectionOptions build() {
            return new ConnectionOptions(
                    idleTimeout,
                    firstMessageTimeout,
                    writeTimeout,
                    handshakeTimeout,
                    closeTimeout,
                    lowWatermarkBytes,
                    highWatermarkBytes,
                    queueBytesMax,
                    queuePolicy,
                    receiveBufferBytes,
                    sendBufferBytes,
                    noDelay,
                    keepAlive);
        }
    }
}
