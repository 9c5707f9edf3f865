package dev.gatehouse.gateway.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A session's places, one for each service that it has to do with. On the session's event loop. */
final class Places {
    private final Session session;
    private final GatewayLoop loop;
    private final @Nullable Place[] places;

    Places(Session session, GatewayLoop loop) {
        this.session = session;
        this.loop = loop;
        places = new Place[loop.services().size()];
    }

    Place of(int service) {
        Place place = places[service];
        if (place == null) {
            place = new Place(session, loop.service(service), loop.parts().config());
            places[service] = place;
        }
        return place;
    }

    /** Attaches the session to every service that wants it from the login on. */
    void attachAtLogin() {
        for (int service : loop.router().openedAtLogin()) {
            if (!session.ended()) {
                of(service).attach();
            }
        }
    }

    /** Whether all services that want the session from the login on have it. */
    boolean ready() {
        for (int service : loop.router().openedAtLogin()) {
            if (!of(service).open()) {
                return false;
            }
        }
        return true;
    }

    boolean holdReading() {
        for (Place place : places) {
            if (place != null && place.holdsReading()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a service is there and only takes no more. */
    boolean heldBack() {
        for (Place place : places) {
            if (place != null && place.heldBack()) {
                return true;
            }
        }
        return false;
    }

    boolean attached() {
        for (Place place : places) {
            if (place != null && place.attached()) {
                return true;
            }
        }
        return false;
    }

    /** A packet for which this service waited was sent. */
    void taken(int service, int bytes) {
        of(service).taken(bytes);
    }

    void leave(Duration timeout) {
        for (Place place : places) {
            if (place != null) {
                place.leave(timeout);
            }
        }
    }

    void drop() {
        for (Place place : places) {
            if (place != null) {
                place.drop();
            }
        }
    }
}
