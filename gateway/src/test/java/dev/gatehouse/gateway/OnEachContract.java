package dev.gatehouse.gateway;

import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is tested of a gateway and its nodes holds over either contract: each test runs on both. */
@ParameterizedClass(name = "{0}")
@EnumSource(Contract.class)
abstract class OnEachContract {
    @Parameter
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Contract contract;

    @BeforeParameterizedClassInvocation(injectArguments = true)
    static void speak(Contract contract) {
        GatewayFixture.speak(contract);
    }

    @AfterParameterizedClassInvocation
    static void speakAsBefore() {
        GatewayFixture.speak(Contract.GONET2);
    }
}
