package dev.gatehouse.app.endtoend;

import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever a gateway and its services speak: each test runs on both contracts. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"trunk", "gonet2"})
abstract class OnEachContract {
    /** As the configuration calls it. */
    @Parameter
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    String contract;
}
