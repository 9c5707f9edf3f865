package dev.gatehouse.bench;

import dev.gatehouse.bench.program.CipherCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What encryption adds to the gateway, beside what the cipher alone takes for the same bytes.
 *
 * @param contestant whose encrypted forms are compared with it
 * @param works as they were measured
 */
record Ciphers(String contestant, List<Work> works) implements Appendix {
    private static final int SECONDS_MAX = 120;
    private static final double NANOS_A_MICRO = 1000;

    /** A cipher: the name in tables, the ending of its contestants' ids, the argument of {@link CipherCost}. */
    private record Cipher(String label, String ending, String argument) {}

    private static final List<Cipher> ALL = List.of(
            new Cipher("legacy encryption (RC4)", "-legacy", "rc4"),
            new Cipher("TLS 1.3 by BoringSSL", "-tls", "boringssl"),
            new Cipher("TLS 1.3 by the JDK", "-tls-jdk", "jdk"));

    @Override
    public String text(Costs costs, Options options, Progress progress) throws ProgramException {
        List<String> head = new ArrayList<>(List.of("cipher, microseconds a message"));
        works.forEach(work -> head.add(work.label()));
        Table table = new Table(head);
        for (Cipher cipher : ALL) {
            if (!options.includes(contestant + cipher.ending)) {
                continue;
            }
            List<String> added = new ArrayList<>(List.of(cipher.label + ", added to `" + contestant + "`"));
            List<String> alone = new ArrayList<>(List.of(cipher.label + ", the cipher alone"));
            for (Work work : works) {
                progress.now(cipher.label + ", " + work.label());
                added.add(costs.difference(contestant + cipher.ending, contestant, work)
                        .text());
                alone.add(String.format(Locale.ROOT, "%.2f", alone(cipher, work)));
            }
            table.row(added).row(alone);
        }
        return "\nWhat encryption adds in the same turns (median and 95 % interval), beside the fastest that the cipher alone was for a request and a "
                + "reply, without sockets; a record of TLS holds as many frames as are in flight:\n\n" + table;
    }

    private static double alone(Cipher cipher, Work work) throws ProgramException {
        Program program = Program.ours(
                CipherCost.class,
                cipher.argument,
                Integer.toString(work.payloadBytes()),
                Integer.toString(work.inFlight()));
        try (ChildProcess process = ChildProcess.start("cipher", Pin.SERVER, program)) {
            return Double.parseDouble(process.await("cost ", SECONDS_MAX)) / NANOS_A_MICRO;
        }
    }
}
