package kv;

/** What stands behind the value of SET. Used again for each. */
final class SetOptions {

    private boolean onlyNew;
    private boolean onlyOld;
    private long expiresAt;

    /** Reads the arguments from number {@code from} on. */
    void read(Request request, int from, long now) {
        onlyNew = false;
        onlyOld = false;
        expiresAt = Entry.NEVER;
        int unit = 0;
        int time = 0;
        for (int i = from; i < request.count(); i++) {
            int thisUnit = request.is(i, "EX") ? Expiry.SECOND : request.is(i, "PX") ? Expiry.MILLISECOND : 0;
            if (request.is(i, "NX") && !onlyOld) {
                onlyNew = true;
            } else if (request.is(i, "XX") && !onlyNew) {
                onlyOld = true;
            } else if (thisUnit != 0 && (unit == 0 || unit == thisUnit) && i + 1 < request.count()) {
                unit = thisUnit;
                time = ++i;
            } else {
                throw CommandException.syntax();
            }
        }
        if (unit != 0) {
            long value = request.integer(time);
            if (value <= 0) {
                throw CommandException.invalidExpire("set");
            }
            expiresAt = Expiry.at(now, value, unit, "set");
        }
    }

    boolean onlyNew() {
        return onlyNew;
    }

    boolean onlyOld() {
        return onlyOld;
    }

    /** Milliseconds of the store's clock. */
    long expiresAt() {
        return expiresAt;
    }
}
