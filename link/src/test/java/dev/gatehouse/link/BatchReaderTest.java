package dev.gatehouse.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.gatehouse.link.v1.Batch;
import dev.gatehouse.link.v1.Broadcast;
import dev.gatehouse.link.v1.Entry;
import dev.gatehouse.link.v1.Goaway;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What generated code writes is what we read; what isn't a batch is refused. */
class BatchReaderTest {

    static Batch example(Random random) {
        Batch.Builder batch = Batch.newBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            batch.addEntries(entry(random));
        }
        return batch.build();
    }

    private static Entry entry(Random random) {
        Entry.Builder entry = Entry.newBuilder().setAttachment(random.nextLong() >>> random.nextInt(64));
        return switch (random.nextInt(9)) {
            case 0 -> entry.setPayload(bytes(random)).build();
            case 1 -> entry.setCredit(random.nextInt()).build();
            case 2 -> entry.setPing(random.nextLong()).build();
            case 3 -> entry.setPong(random.nextLong()).build();
            case 4 -> entry.setGoaway(Goaway.getDefaultInstance()).build();
            case 5 ->
                entry.setOpen(dev.gatehouse.link.v1.Open.newBuilder()
                                .setUser(random.nextLong())
                                .setService("game")
                                .setRemoteAddress("127.0.0.1:1")
                                .putAttributes("a", "b")
                                .setRingEpoch(random.nextInt(3)))
                        .build();
            case 6 ->
                entry.setClose(dev.gatehouse.link.v1.Close.newBuilder()
                                .setCodeValue(random.nextInt(9))
                                .setText("ü"))
                        .build();
            case 7 ->
                entry.setHello(dev.gatehouse.link.v1.Hello.newBuilder()
                                .setName("n")
                                .setVersion(random.nextInt())
                                .setInitialCredit(random.nextInt()))
                        .build();
            default ->
                entry.setBroadcast(Broadcast.newBuilder()
                                .addAttachments(random.nextLong())
                                .addAttachments(random.nextInt(300))
                                .setPayload(bytes(random)))
                        .build();
        };
    }

    private static ByteString bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    @Test
    void readsWhatGeneratedCodeWrites() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            Batches.assertAgrees(example(random).toByteArray(), "seed " + seed);
        }
    }

    @Test
    void agreesWithGeneratedCodeOnMutatedBatches() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 30_000; round++) {
            byte[] encoded = example(random).toByteArray();
            for (int change = random.nextInt(4); change >= 0 && encoded.length > 0; change--) {
                encoded[random.nextInt(encoded.length)] = (byte) random.nextInt(256);
            }
            Batches.assertAgrees(encoded, HexFormat.of().formatHex(encoded) + ", seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0a00",
                "0a02 0801",
                // Fields of a later version, beside the entries and in them.
                "1203 010203 0a04 0801 3005",
                "0a09 0801 7a03 010203 3005",
                // Kinds of a later version.
                "0a05 0801 5a01 aa",
                // Ours with another wire type.
                "0a07 0801 10 8001 3005",
                // The last of several kinds counts.
                "0a06 3005 1202 0001",
                "0a06 1202 0001 3005",
                // A broadcast's list in one piece, in several, and unpacked.
                "0a0b 5209 0a02 0102 0803 1201 aa",
            })
    void readsAnyLegalForm(String encoded) {
        Batches.assertAgrees(HexFormat.of().parseHex(encoded.replace(" ", "")), encoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0a",
                "0a05 0801",
                "0a02 0880",
                "0a02 1201",
                "00",
                "0a01 00",
                "0a03 2201 0a",
                // No UTF-8.
                "0a05 4203 0a01 ff",
                // A message in two pieces.
                "0a04 4a00 4a00",
                "0a06 4a00 3005 4a00",
            })
    void refusesBytesThatAreNoBatch(String encoded) {
        BatchReader reader = Batches.reader(HexFormat.of().parseHex(encoded.replace(" ", "")));
        Batches.read(reader);

        assertThat(reader.malformed()).isTrue();
        assertThat(reader.next()).isFalse();
    }

    @Test
    void readsTheEntriesBeforeTheOneThatIsBroken() {
        BatchReader reader = Batches.reader(HexFormat.of().parseHex("0a023005" + "0a02"));

        assertThat(Batches.read(reader))
                .containsExactly(Entry.newBuilder().setPing(5).build());
        assertThat(reader.malformed()).isTrue();
    }

    @Test
    void refusesABatchOverItsBound() {
        byte[] most = Batch.newBuilder()
                .addEntries(
                        Entry.newBuilder().setPayload(ByteString.copyFrom(new byte[TrunkContract.BATCH_BYTES_MAX - 8])))
                .build()
                .toByteArray();
        assertThat(most).hasSize(TrunkContract.BATCH_BYTES_MAX);
        assertThat(readable(most)).isTrue();
        assertThat(readable(new byte[TrunkContract.BATCH_BYTES_MAX + 1])).isFalse();
    }

    private static boolean readable(byte[] encoded) {
        for (java.io.InputStream in :
                new java.io.InputStream[] {SplitStream.of(encoded, 5), new java.io.ByteArrayInputStream(encoded)}) {
            BatchReader reader = TrunkContract.client().parseResponse(in);
            Batches.read(reader);
            if (reader.malformed()) {
                return false;
            }
        }
        return true;
    }

    @Test
    void readsBatchesFromSeveralBuffers() {
        byte[] encoded = example(new Random(3)).toByteArray();
        for (int cut = 0; cut <= encoded.length; cut++) {
            BatchReader reader = TrunkContract.client().parseResponse(SplitStream.of(encoded, cut));
            assertThat(Batches.read(reader)).isEqualTo(Batches.read(Batches.reader(encoded)));
        }
    }

    @Test
    void givesOnlyWhatTheEntryIs() {
        BatchReader reader = Batches.reader(HexFormat.of().parseHex("0a023005"));
        assertThat(reader.next()).isTrue();

        org.assertj.core.api.Assertions.assertThatThrownBy(reader::hello)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("entry: a PING (expected: a HELLO)");
    }
}
