package kv;

/** What the server knows of one client. */
final class Peer {
    final long id;
    Database database;
    int version = 2;
    /** The client asked for the end of its connection. */
    boolean leaving;
    /** What it sent is no request. */
    boolean confused;

    Peer(long id, Database database) {
        this.id = id;
        this.database = database;
    }
}
