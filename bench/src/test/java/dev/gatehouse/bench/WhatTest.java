package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WhatTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void hasItsPlaceInTheDocument(What what) throws IOException {
        Path copy = Files.copy(Path.of("../docs/performance.md"), folder.resolve("performance.md"));
        assertThatCode(() -> new Document(copy).fill(what.word(), "figures")).doesNotThrowAnyException();
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
