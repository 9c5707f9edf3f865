package dev.gatehouse.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {
    /** What it keeps ends with its process, or with the test: the object is its own medium. */
    private final Store medium = Store.inMemory();

    @Override
    protected Store newStore() {
        return medium;
    }

    @Test
    void forgetsWhatAnotherOneKept() {
        long epoch = campaign(medium).epoch();
        medium.save(memberships(epoch, 1)).join();
        assertThat(campaign(Store.inMemory()).epoch()).isEqualTo(epoch);
    }
}
