package kv;

/** What the server knows of one client. */
final class Peer {
    final long id;
    Database database;
    int version = 2;
    boolean leaving;

    Peer(long id, Database database) {
        this.id = id;
        this.database = database;
    }
}
