package dev.gatehouse.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.gatehouse.link.v1.Batch;
import dev.gatehouse.link.v1.Broadcast;
import dev.gatehouse.link.v1.Entry;
import dev.gatehouse.link.v1.Goaway;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Batches read by us, in the terms of generated code, which is the oracle. */
final class Batches {
    private Batches() {}

    /** The bytes of what was written. */
    static byte[] bytes(BatchWriter writer) {
        try {
            return TrunkContract.client().streamRequest(writer).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The entries that we see, as generated code has them. */
    static List<Entry> read(BatchReader reader) {
        List<Entry> entries = new ArrayList<>();
        while (reader.next()) {
            entries.add(entry(reader));
        }
        return entries;
    }

    static BatchReader reader(byte[] encoded) {
        return TrunkContract.server().parseRequest(new ByteArrayInputStream(encoded));
    }

    /**
     * Asserts that what generated code refuses is refused, and what it reads is read as it does; only messages in pieces may be refused
     * besides, which generated code puts together.
     */
    static void assertAgrees(byte[] encoded, String what) {
        Batch oracle;
        try {
            oracle = Batch.parseFrom(encoded);
        } catch (IOException e) {
            BatchReader refused = reader(encoded);
            read(refused);
            assertThat(refused.malformed()).as(what).isTrue();
            return;
        }
        BatchReader raw = reader(encoded);
        List<Entry> seen = read(raw);
        if (!raw.malformed()) {
            assertThat(seen).as(what).isEqualTo(known(oracle));
        }
        BatchReader whole = reader(oracle.toByteArray());
        assertThat(read(whole)).as(what).isEqualTo(known(oracle));
        assertThat(whole.malformed()).as(what).isFalse();
    }

    /** What a batch says in fields that we know. */
    private static List<Entry> known(Batch batch) {
        return batch.getEntriesList().stream().map(Batches::known).toList();
    }

    private static Entry known(Entry entry) {
        Entry.Builder known = Entry.newBuilder().setAttachment(entry.getAttachment());
        switch (entry.getKindCase()) {
            case PAYLOAD -> known.setPayload(entry.getPayload());
            case CREDIT -> known.setCredit(entry.getCredit());
            case OPEN -> known.setOpen(plain(entry.getOpen()));
            case CLOSE -> known.setClose(plain(entry.getClose()));
            case PING -> known.setPing(entry.getPing());
            case PONG -> known.setPong(entry.getPong());
            case HELLO -> known.setHello(plain(entry.getHello()));
            case GOAWAY -> known.setGoaway(Goaway.getDefaultInstance());
            case BROADCAST ->
                known.setBroadcast(Broadcast.newBuilder()
                        .addAllAttachments(entry.getBroadcast().getAttachmentsList())
                        .setPayload(entry.getBroadcast().getPayload()));
            case KIND_NOT_SET -> {}
        }
        return known.build();
    }

    private static dev.gatehouse.link.v1.Open plain(dev.gatehouse.link.v1.Open open) {
        return dev.gatehouse.link.v1.Open.newBuilder()
                .setUser(open.getUser())
                .setService(open.getService())
                .setRemoteAddress(open.getRemoteAddress())
                .putAllAttributes(open.getAttributesMap())
                .setRingEpoch(open.getRingEpoch())
                .setRingVersion(open.getRingVersion())
                .build();
    }

    private static dev.gatehouse.link.v1.Close plain(dev.gatehouse.link.v1.Close close) {
        return dev.gatehouse.link.v1.Close.newBuilder()
                .setCodeValue(close.getCodeValue())
                .setText(close.getText())
                .build();
    }

    private static dev.gatehouse.link.v1.Hello plain(dev.gatehouse.link.v1.Hello hello) {
        return dev.gatehouse.link.v1.Hello.newBuilder()
                .setName(hello.getName())
                .setVersion(clamped(hello.getVersion()))
                .setBatchBytesMax(clamped(hello.getBatchBytesMax()))
                .setPayloadBytesMax(clamped(hello.getPayloadBytesMax()))
                .setInitialCredit(clamped(hello.getInitialCredit()))
                .build();
    }

    /** A number above what an int holds counts as the most that one does. */
    private static int clamped(int unsigned) {
        return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
    }

    private static Entry entry(BatchReader reader) {
        Entry.Builder entry = Entry.newBuilder().setAttachment(reader.attachment());
        switch (reader.kind()) {
            case PAYLOAD -> entry.setPayload(packet(reader));
            case CREDIT -> entry.setCredit((int) reader.number());
            case OPEN -> entry.setOpen(generated(reader.open()));
            case CLOSE ->
                entry.setClose(dev.gatehouse.link.v1.Close.newBuilder()
                        .setCodeValue(reader.close().code())
                        .setText(reader.close().text()));
            case PING -> entry.setPing(reader.number());
            case PONG -> entry.setPong(reader.number());
            case HELLO -> entry.setHello(generated(reader.hello()));
            case GOAWAY -> entry.setGoaway(Goaway.getDefaultInstance());
            case BROADCAST -> {
                Broadcast.Builder broadcast = Broadcast.newBuilder().setPayload(packet(reader));
                for (int i = 0; i < reader.targets(); i++) {
                    broadcast.addAttachments(reader.target(i));
                }
                entry.setBroadcast(broadcast);
            }
            case UNKNOWN -> {}
        }
        return entry.build();
    }

    private static ByteString packet(BatchReader reader) {
        ByteBuf out = Unpooled.buffer(1);
        reader.readTo(out);
        assertThat(out.readableBytes()).isEqualTo(reader.length());
        return ByteString.copyFrom(out.nioBuffer());
    }

    private static dev.gatehouse.link.v1.Open generated(Open open) {
        return dev.gatehouse.link.v1.Open.newBuilder()
                .setUser(open.user())
                .setService(open.service())
                .setRemoteAddress(open.remoteAddress())
                .putAllAttributes(new HashMap<>(open.attributes()))
                .setRingEpoch(open.ringEpoch())
                .setRingVersion(open.ringVersion())
                .build();
    }

    private static dev.gatehouse.link.v1.Hello generated(Hello hello) {
        return dev.gatehouse.link.v1.Hello.newBuilder()
                .setName(hello.name())
                .setVersion(hello.version())
                .setBatchBytesMax(hello.batchBytesMax())
                .setPayloadBytesMax(hello.payloadBytesMax())
                .setInitialCredit(hello.initialCredit())
                .build();
    }
}
