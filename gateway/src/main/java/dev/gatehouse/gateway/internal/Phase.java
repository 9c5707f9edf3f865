package dev.gatehouse.gateway.internal;

/** Where a session stands between accept and end; it only goes forward. */
enum Phase {
    /** The client has not asked to log in yet. */
    GREETING,
    /** The authenticator decides; then earlier sessions of the user end. */
    AUTHENTICATING,
    /** Its services are being attached; then the login is acknowledged. */
    ATTACHING,
    /** Logged in. */
    LIVE,
    /** The gateway stops; services answer what they still have. */
    STOPPING,
    /** It has an end reason; the connection is closing. */
    ENDED
}
