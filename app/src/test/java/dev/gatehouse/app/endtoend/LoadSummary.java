package dev.gatehouse.app.endtoend;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the load's clients saw; one line of JSON between the processes.
 *
 * @param clients how many there are
 * @param connected logged in, and not ended
 * @param ended ended sessions, for whatever reason
 * @param stoppedInOrder of these, those that were told STOPPING and then saw an orderly end, not a reset
 * @param unsettled whose last packet isn't answered
 * @param sent packets sent
 * @param received answers received
 * @param gaps packets whose answer didn't come although a later one's did
 * @param disorders answers that came twice or out of order
 * @param foreign packets that were no answer to the client's own
 * @param silenceMillisMax the longest that any client that was owed an answer heard none
 * @param runningSilenceMillisMax the same, without what the machine itself stood still meanwhile
 */
record LoadSummary(
        long clients,
        long connected,
        long ended,
        long stoppedInOrder,
        long unsettled,
        long sent,
        long received,
        long gaps,
        long disorders,
        long foreign,
        long silenceMillisMax,
        long runningSilenceMillisMax) {
    static final LoadSummary NONE = new LoadSummary(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Packets without an answer. */
    long missing() {
        return sent - received;
    }

    LoadSummary plus(LoadSummary other) {
        return new LoadSummary(
                clients + other.clients,
                connected + other.connected,
                ended + other.ended,
                stoppedInOrder + other.stoppedInOrder,
                unsettled + other.unsettled,
                sent + other.sent,
                received + other.received,
                gaps + other.gaps,
                disorders + other.disorders,
                foreign + other.foreign,
                Math.max(silenceMillisMax, other.silenceMillisMax),
                Math.max(runningSilenceMillisMax, other.runningSilenceMillisMax));
    }

    String toJson() {
        return """
                {"clients":%d,"connected":%d,"ended":%d,"stoppedInOrder":%d,"unsettled":%d,"sent":%d,"received":%d,\
                "gaps":%d,"disorders":%d,"foreign":%d,"silenceMillisMax":%d,"runningSilenceMillisMax":%d}""".formatted(
                        clients,
                        connected,
                        ended,
                        stoppedInOrder,
                        unsettled,
                        sent,
                        received,
                        gaps,
                        disorders,
                        foreign,
                        silenceMillisMax,
                        runningSilenceMillisMax);
    }

    static LoadSummary parse(String json) {
        return new LoadSummary(
                member(json, "clients"),
                member(json, "connected"),
                member(json, "ended"),
                member(json, "stoppedInOrder"),
                member(json, "unsettled"),
                member(json, "sent"),
                member(json, "received"),
                member(json, "gaps"),
                member(json, "disorders"),
                member(json, "foreign"),
                member(json, "silenceMillisMax"),
                member(json, "runningSilenceMillisMax"));
    }

    private static long member(String json, String name) {
        Matcher member = Pattern.compile("\"" + name + "\":(-?\\d+)").matcher(json);
        if (!member.find()) {
            throw new IllegalArgumentException("summary: " + json + " (expected: a member " + name + ")");
        }
        return Long.parseLong(member.group(1));
    }
}
