package dev.gatehouse.ring.snapshot;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who owns the arc before each point: the member whose point it is, or who covers it: its first backup that owns, else the next member upwards that
 * owns.
 */
final class Coverage {
    private Coverage() {}

    /** The owner of the arc before each point, by the number of its seat; somebody must own, or there are no points. */
    static int[] owners(List<Seat> seats, Points points) {
        int[] standIns = standIns(seats);
        int[] owners = new int[points.count()];
        int nextOwner = Layout.NOBODY;
        // Downwards twice: the first time round finds who owns beyond the top.
        for (int step = 2 * owners.length - 1; step >= 0; step--) {
            int point = step % owners.length;
            int seat = points.seats()[point];
            if (seats.get(seat).owner()) {
                nextOwner = seat;
            }
            owners[point] = standIns[seat] == Layout.NOBODY ? nextOwner : standIns[seat];
        }
        return owners;
    }

    /** For each seat itself if it owns, else its first backup that owns, else {@link Layout#NOBODY}. */
    private static int[] standIns(List<Seat> seats) {
        Map<String, Integer> owning = new HashMap<>();
        for (int seat = 0; seat < seats.size(); seat++) {
            if (seats.get(seat).owner()) {
                owning.put(seats.get(seat).id(), seat);
            }
        }
        int[] standIns = new int[seats.size()];
        Arrays.setAll(standIns, seat -> standIn(seat, seats.get(seat), owning));
        return standIns;
    }

    private static int standIn(int number, Seat seat, Map<String, Integer> owning) {
        if (seat.owner()) {
            return number;
        }
        return seat.backups().stream()
                .filter(owning::containsKey)
                .findFirst()
                .map(owning::get)
                .orElse(Layout.NOBODY);
    }
}
