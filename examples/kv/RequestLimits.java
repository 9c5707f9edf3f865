package kv;

/**
 * What a client may send.
 *
 * @param requestBytesMax a whole request: 16 bytes to 1 GiB
 * @param bulkBytesMax one argument: 1 byte to 512 MiB
 * @param argumentsMax arguments of one request: 1 to 1,048,576
 * @param inlineBytesMax a request that is a plain line, and the line before an argument: 16 bytes to 1 MiB
 */
record RequestLimits(int requestBytesMax, int bulkBytesMax, int argumentsMax, int inlineBytesMax) {
    RequestLimits {
        inRange("requestBytesMax", requestBytesMax, 16, 1 << 30);
        inRange("bulkBytesMax", bulkBytesMax, 1, 512 << 20);
        inRange("argumentsMax", argumentsMax, 1, 1 << 20);
        inRange("inlineBytesMax", inlineBytesMax, 16, 1 << 20);
    }

    /** 64 MiB a request, 16 MiB an argument, 4096 arguments, 64 KiB a line. */
    static RequestLimits defaults() {
        return new RequestLimits(64 << 20, 16 << 20, 4096, 64 << 10);
    }

    private static void inRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + ".." + max + ")");
        }
    }
}
