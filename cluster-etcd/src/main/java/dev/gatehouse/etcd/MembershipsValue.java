package dev.gatehouse.etcd;

import com.google.protobuf.ByteString;
import dev.gatehouse.cluster.store.StoreException;
import dev.gatehouse.ring.membership.Memberships;
import io.etcd.jetcd.api.KeyValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Memberships as a value of etcd: JSON, by gzip, because etcd takes 1.5 MiB a request by default. */
final class MembershipsValue {
    private MembershipsValue() {}

    static ByteString write(Memberships memberships) {
        ByteString.Output value = ByteString.newOutput();
        try (OutputStream packed = new GZIPOutputStream(value)) {
            packed.write(JsonMapper.shared().writeValueAsBytes(memberships));
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return value.toByteString();
    }

    /** @throws StoreException if the value isn't one */
    static Memberships read(KeyValue value) {
        try (InputStream json = new GZIPInputStream(value.getValue().newInput())) {
            return JsonMapper.shared().readValue(json.readAllBytes(), Memberships.class);
        } catch (IOException | JacksonException e) {
            throw new StoreException(
                    "etcd's key " + value.getKey().toStringUtf8()
                            + ": damaged (expected: what a coordinator wrote; to begin without members, delete the key)",
                    e);
        }
    }
}
