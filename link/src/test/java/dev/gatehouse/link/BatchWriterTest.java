package dev.gatehouse.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.gatehouse.link.v1.Batch;
import dev.gatehouse.link.v1.Entry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write is what generated code reads. */
class BatchWriterTest {
    private final BatchWriter writer = new BatchWriter();

    private List<Entry> entries() throws InvalidProtocolBufferException {
        return Batch.parseFrom(Batches.bytes(writer)).getEntriesList();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 115, 116, 117, 118, 127, 128, 4096, 16_370, 16_384, 65_533})
    void writesPacketsOfEachLength(int length) throws Exception {
        byte[] payload = random(length);
        ByteBuf packet = Unpooled.buffer().writeShort(-2).writeBytes(payload);
        long[] ids = {1, 127, 128, 1L << 40, -1};
        for (long id : ids) {
            writer.payload(id, packet);
            writer.payload(id, -2, Unpooled.wrappedBuffer(payload));
            writer.payload(id, new OutboundFrame().packet(-2, Unpooled.wrappedBuffer(payload)));
            writer.payload(
                    id,
                    new OutboundFrame()
                            .packet(-2, Unpooled.wrappedBuffer(payload))
                            .copy());
        }
        ByteString expected = ByteString.copyFrom(packet.nioBuffer());
        assertThat(entries())
                .hasSize(4 * ids.length)
                .allMatch(e -> e.getPayload().equals(expected));
        assertThat(entries().stream().mapToLong(Entry::getAttachment).distinct().toArray())
                .isEqualTo(ids);
        assertThat(packet.readableBytes()).isEqualTo(2 + length);
    }

    @Test
    void writesEntriesOfEachKind() throws Exception {
        writer.hello(new Hello("game", 1, 1 << 20, 65_538, 65_536));
        Introduction session = Introduction.of(-42, "[::1]:7", Map.of("open_udid", "ü-1", "user_lang", ""));
        writer.open(3, session, "game", 0, 0);
        writer.open(4, Introduction.of(0, "", Map.of()), "g", 7, 1L << 33);
        writer.credit(3, 32_768);
        writer.ping(0);
        writer.pong(-1);
        writer.close(3, CloseCode.KICKED, "why");
        writer.close(4, CloseCode.NORMAL, "");
        writer.goaway();
        List<Entry> read = entries();

        assertThat(read.get(0).getHello().getName()).isEqualTo("game");
        assertThat(read.get(0).getHello().getVersion()).isEqualTo(1);
        assertThat(read.get(0).getHello().getBatchBytesMax()).isEqualTo(1 << 20);
        assertThat(read.get(0).getHello().getPayloadBytesMax()).isEqualTo(65_538);
        assertThat(read.get(0).getHello().getInitialCredit()).isEqualTo(65_536);
        assertThat(read.get(1).getAttachment()).isEqualTo(3);
        assertThat(read.get(1).getOpen().getUser()).isEqualTo(-42);
        assertThat(read.get(1).getOpen().getService()).isEqualTo("game");
        assertThat(read.get(1).getOpen().getRemoteAddress()).isEqualTo("[::1]:7");
        assertThat(read.get(1).getOpen().getAttributesMap()).isEqualTo(Map.of("open_udid", "ü-1"));
        assertThat(read.get(2).getOpen().getRingEpoch()).isEqualTo(7);
        assertThat(read.get(2).getOpen().getRingVersion()).isEqualTo(1L << 33);
        assertThat(read.get(3).getCredit()).isEqualTo(32_768);
        assertThat(read.get(4).hasPing()).isTrue();
        assertThat(read.get(5).getPong()).isEqualTo(-1);
        assertThat(read.get(6).getClose().getCode()).isEqualTo(dev.gatehouse.link.v1.Close.Code.KICKED);
        assertThat(read.get(6).getClose().getText()).isEqualTo("why");
        assertThat(read.get(7).hasClose()).isTrue();
        assertThat(read.get(8).hasGoaway()).isTrue();
    }

    @Test
    void hasTheCodesOfTheProto() {
        for (CloseCode code : CloseCode.values()) {
            assertThat(dev.gatehouse.link.v1.Close.Code.forNumber(code.number()).name())
                    .isEqualTo(code.name());
        }
        assertThat(dev.gatehouse.link.v1.Close.Code.values()).hasSize(CloseCode.values().length + 1);
        assertThat(dev.gatehouse.link.v1.TrunkGrpc.getConnectMethod().getFullMethodName())
                .isEqualTo(TrunkContract.METHOD);
    }

    @Test
    void writesBroadcastsForSomeAndForAll() throws Exception {
        OutboundFrame packet = new OutboundFrame().packet(1004, Unpooled.wrappedBuffer(random(300)));
        writer.broadcast(new long[] {1, 300, 1L << 60, 9}, 3, packet);
        writer.broadcast(new long[0], 0, packet);
        List<Entry> read = entries();

        assertThat(read.get(0).getBroadcast().getAttachmentsList()).containsExactly(1L, 300L, 1L << 60);
        assertThat(read.get(1).getBroadcast().getAttachmentsList()).isEmpty();
        assertThat(read.get(1).getBroadcast().getPayload())
                .isEqualTo(read.get(0).getBroadcast().getPayload());
        assertThat(read.get(0).getBroadcast().getPayload().size()).isEqualTo(302);
    }

    @Test
    void cutsLongTextsBetweenCharacters() throws Exception {
        writer.close(1, CloseCode.FAILED, "ü".repeat(5000));
        writer.close(2, CloseCode.FAILED, "x" + "ü".repeat(5000));

        assertThat(entries().get(0).getClose().getText()).isEqualTo("ü".repeat(512));
        assertThat(entries().get(1).getClose().getText()).isEqualTo("x" + "ü".repeat(511));
    }

    @Test
    void saysWhatStillFits() {
        int packets = 0;
        while (writer.fits(60_002)) {
            writer.payload(Long.MAX_VALUE, 1, Unpooled.wrappedBuffer(new byte[60_000]));
            packets++;
        }
        assertThat(packets).isEqualTo(17);
        assertThat(writer.length()).isLessThanOrEqualTo(TrunkContract.BATCH_BYTES_MAX);
        writer.clear();
        assertThat(writer.isEmpty()).isTrue();
        assertThat(writer.fits(1 << 19)).isTrue();
    }

    @Test
    void keepsToWhatTheOtherSideTakes() {
        writer.keepTo(100_000);
        assertThat(writer.fits(90_000)).isTrue();
        assertThat(writer.fits(100_000)).isFalse();
        writer.keepTo(1);
        assertThat(writer.fits(65_538)).isTrue();
        writer.keepTo(Integer.MAX_VALUE);
        assertThat(writer.fits(TrunkContract.BATCH_BYTES_MAX)).isFalse();
        writer.keepTo(0);
        assertThat(writer.fits(1 << 19)).isTrue();
    }

    @Test
    void givesCopiesBytesOfTheirOwn() throws Exception {
        writer.ping(7);
        BatchWriter copy = writer.copy();
        writer.clear();
        writer.ping(8);

        assertThat(Batch.parseFrom(Batches.bytes(copy)).getEntries(0).getPing()).isEqualTo(7);
    }
}
