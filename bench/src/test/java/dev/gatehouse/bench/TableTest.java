package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void writesHeadAndRows() {
        assertThat(new Table("a", "b").row("1", "2").row("3").toString()).isEqualTo("""
                        | a | b |
                        |---|---|
                        | 1 | 2 |
                        | 3 |  |
                        """);
    }

    @Test
    void keepsRowsInOneLine() {
        assertThat(new Table("a").row("two\nlines").toString()).endsWith("| two lines |\n");
    }
}
