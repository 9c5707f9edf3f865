package dev.gatehouse.app.process;

/** A JVM that starts {@code gatehouse echo} as a test does, writes where that listens, and waits to be killed. */
final class ParentProcess {
    private ParentProcess() {}

    @SuppressWarnings("SystemOut") // What the test waits for.
    public static void main(String[] arguments) throws InterruptedException {
        try (GatehouseProcess child = GatehouseProcess.start("echo", "--listen", "127.0.0.1:0")) {
            child.awaitReady();
            System.out.println("port " + child.port());
            Thread.currentThread().join();
        }
    }
}
