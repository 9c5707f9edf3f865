package dev.gatehouse.app.endtoend;

import dev.gatehouse.app.LongTests;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds under load, whatever a gateway and its services speak: on the trunk, and in the long tests on both contracts. */
@ParameterizedClass(name = "{0}")
@MethodSource("contracts")
abstract class UnderLoad {
    /** As the configuration calls it. */
    @Parameter
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    String contract;

    static Stream<String> contracts() {
        return LongTests.run() ? Stream.of("trunk", "gonet2") : Stream.of("trunk");
    }
}
