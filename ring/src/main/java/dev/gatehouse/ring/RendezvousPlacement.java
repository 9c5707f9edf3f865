package dev.gatehouse.ring;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Rendezvous hashing with weights.
 *
 * <p>Every member draws a number for the user, and the highest wins; a member that goes takes only its own users with it. The
 * number is {@code -weight / ln(u)} with u in (0, 1) from a hash of member and user, which gives shares in proportion to the
 * weights. Sources: Thaler and Ravishankar, "Using name-based mappings to increase hit rates" (1998); Schindelhauer and
 * Schomaker, "Weighted distributed hash tables" (2005). The mixer is the finalizer of SplitMix64 (Steele, Lea, Flood 2014).
 */
final class RendezvousPlacement implements Placement {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

    @Override
    public Optional<Member> place(long user, List<Member> members, Predicate<Member> usable) {
        Optional<Member> best = Optional.empty();
        double highest = Double.NEGATIVE_INFINITY;
        for (Member member : members) {
            if (usable.test(member)) {
                double score = score(user, member);
                if (score > highest) {
                    highest = score;
                    best = Optional.of(member);
                }
            }
        }
        return best;
    }

    private static double score(long user, Member member) {
        long hash = mix(mix(user + GOLDEN_GAMMA) ^ hash(member.id()));
        double unit = ((hash >>> 11) + 0.5) * TWO_TO_MINUS_53;
        return -member.weight() / Math.log(unit);
    }

    private static long hash(String id) {
        long hash = id.length();
        for (int i = 0; i < id.length(); i++) {
            hash = mix(hash + GOLDEN_GAMMA + id.charAt(i));
        }
        return hash;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
