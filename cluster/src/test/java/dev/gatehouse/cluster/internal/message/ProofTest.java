package dev.gatehouse.cluster.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterSecret;
import dev.gatehouse.ring.snapshot.Node;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The vector of PROTOCOLS.md, section 3. */
class ProofTest {
    private static final ClusterSecret SECRET = ClusterSecret.of("gatehouse-secret");
    private static final String KEY = "123e4567-e89b-12d3-a456-426614174000";
    private static final String NONCE = "00112233445566778899aabbccddeeff";
    private static final Participant DB1 = Participant.of(Node.of("db1", "db", "127.0.0.1", 7000));
    private static final String PROOF = "704d5f78e8ece62e29fa1f43ad0f582ce170ae01e6b62de1ac761edb2f7e29c2";

    @Test
    void provesAParticipantAsTheVectorDoes() {
        assertThat(Proof.ofParticipant(SECRET, KEY, NONCE, DB1)).isEqualTo(PROOF);
    }

    @Test
    void provesTheCoordinatorAsTheVectorDoes() {
        assertThat(Proof.ofCoordinator(SECRET, KEY, NONCE))
                .isEqualTo("0994bbb8e8cd3cec1c7569aef987436e6d4ad5fee1741bc495f62bcbcd03aa74");
    }

    @Test
    void isForOneIdAndOneKeyOnly() {
        Participant other = Participant.of(Node.of("db2", "db", "127.0.0.1", 7000));
        assertThat(Proof.ofParticipant(SECRET, KEY, NONCE, other)).isNotEqualTo(PROOF);
        assertThat(Proof.ofParticipant(SECRET, Proof.newKey(), NONCE, DB1)).isNotEqualTo(PROOF);
        assertThat(Proof.ofParticipant(ClusterSecret.of("another"), KEY, NONCE, DB1))
                .isNotEqualTo(PROOF);
    }

    @Test
    void takesHexDigitsOfEitherCase() {
        assertThat(Proof.same(PROOF, PROOF.toUpperCase(Locale.ROOT))).isTrue();
        assertThat(Proof.same(PROOF, PROOF.replace('7', '8'))).isFalse();
    }

    @Test
    void makesKeysThatAreKeys() {
        assertThat(Proof.newKey())
                .hasSize(Proof.KEY_BYTES)
                .satisfies(key -> assertThat(Proof.isKey(key)).isTrue());
        assertThat(Proof.isKey("HTTP/1.1 400 Bad Request\r\nConnection")).isFalse();
    }

    @Test
    void keepsTheSecretToItself() {
        assertThat(SECRET.toString()).doesNotContain("gatehouse-secret");
    }
}
