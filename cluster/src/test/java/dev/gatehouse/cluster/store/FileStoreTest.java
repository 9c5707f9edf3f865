package dev.gatehouse.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.ring.membership.Memberships;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    protected Store newStore() {
        return FileStore.in(folder);
    }

    private Path file() {
        return folder.resolve("memberships");
    }

    private byte[] kept() throws IOException {
        try (Store store = FileStore.in(folder)) {
            campaign(store);
            store.save(memberships(7, 3)).join();
        }
        return Files.readAllBytes(file());
    }

    @Test
    void refusesAFileCutOffAtAnyByte() throws IOException {
        byte[] whole = kept();
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            refusesToStart();
        }
    }

    @Test
    void refusesAFileWithAnyBitFlipped() throws IOException {
        byte[] whole = kept();
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> MembershipsFile.read(flipped))
                    .as("bit %d", bit)
                    .isInstanceOf(DamagedFileException.class);
        }
    }

    @Test
    void survivesADeathAtAnyByteOfAWrite() throws IOException {
        kept();
        byte[] next = MembershipsFile.write(memberships(8, 5));
        for (int length = 0; length <= next.length; length++) {
            Files.write(folder.resolve("memberships.next"), Arrays.copyOf(next, length));
            try (Store store = FileStore.in(folder)) {
                assertThat(campaign(store).kept).isEqualTo(memberships(7, 3));
            }
        }
    }

    @Test
    void beginsWithANewEpochWhereTheFileIsDamaged() throws IOException {
        byte[] whole = kept();
        Files.write(file(), Arrays.copyOf(whole, 100));
        try (Store store = FileStore.in(folder, 40)) {
            Election election = campaign(store);
            assertThat(election.epoch).isEqualTo(40);
            assertThat(election.kept).isEqualTo(Memberships.NONE);
        }
        assertThat(folder.resolve("memberships.damaged")).hasSize(100);
    }

    @Test
    void refusesADamagedFileUntilSomethingIsKeptUnderTheNewEpoch() throws IOException {
        byte[] whole = kept();
        Files.write(file(), Arrays.copyOf(whole, 100));
        try (Store killed = FileStore.in(folder, 40)) {
            campaign(killed);
        }
        refusesToStart();
        try (Store store = FileStore.in(folder, 40)) {
            campaign(store);
            store.save(memberships(40, 1)).join();
        }
        assertThat(campaign(open()).epoch()).isEqualTo(41);
    }

    @Test
    void refusesAFileThatCannotBeRead() throws IOException {
        Files.createSymbolicLink(file(), file());
        try (Store store = FileStore.in(folder)) {
            assertThatThrownBy(() -> campaign(store))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("can't be read");
        }
    }

    @Test
    void keepsMembersUnderANewEpochWhereTheFileIsWhole() throws IOException {
        kept();
        try (Store store = FileStore.in(folder, 8)) {
            assertThat(campaign(store).kept).isEqualTo(memberships(7, 3));
        }
    }

    @Test
    void refusesAnEpochThatWasThere() throws IOException {
        kept();
        try (Store store = FileStore.in(folder, 7)) {
            assertThatThrownBy(() -> campaign(store))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("epoch 7 was there before (expected: 8 or more)");
        }
    }

    @Test
    void saysInWordsWhyAFolderCannotBeUsed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (Store store = FileStore.in(file)) {
            assertThatThrownBy(() -> campaign(store))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(file + ": can't be used: a file is in its place (expected: a folder to write to)");
        }
    }

    @Test
    void servesOneCoordinatorAtATime() {
        campaign(open());
        Store second = open();
        assertThatThrownBy(() -> campaign(second))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another coordinator uses it");
    }

    private void refusesToStart() {
        try (Store store = FileStore.in(folder)) {
            assertThatThrownBy(() -> campaign(store))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("damaged")
                    .hasMessageContaining("--new-epoch N");
        }
    }
}
