package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WhatTest {
    @ParameterizedTest
    @EnumSource
    void hasItsPlaceInTheDocument(What what) {
        assertThat(new Document(Path.of("../docs/performance.md")).hasPlaceFor(what.word()))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void namesEachContestantOnce(What what) {
        assertThat(what.experiment().ids()).doesNotHaveDuplicates().isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void goalsAreAboutContestants(What what) {
        if (what.experiment() instanceof TurnsExperiment turns) {
            for (Goal goal : turns.goals()) {
                assertThat(turns.ids()).contains(goal.contestant()).containsAll(goal.rivals());
                assertThat(turns.works()).contains(goal.work());
            }
        }
    }
}
