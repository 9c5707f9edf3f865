package dev.gatehouse.backend;

import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** What is tested of a node holds over either contract, whether its handler may block or not. */
@ParameterizedClass(name = "blocking {0}, {1}")
@CsvSource({"false, GONET2", "true, GONET2", "false, TRUNK", "true, TRUNK"})
abstract class NodeContract extends NodeFixture {

    @Parameter(1)
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    TestLink.Speaks speaks;

    @Override
    TestLink.Speaks speaks() {
        return speaks;
    }
}
