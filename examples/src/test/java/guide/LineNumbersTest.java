package guide;

import dev.gatehouse.net.Framing;
import dev.gatehouse.testing.ServerExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LineNumbersTest {
    @RegisterExtension
    final ServerExtension server = ServerExtension.of(
            Framing.lines(1024), builder -> builder.handlers(connection -> new Handlers.LineNumbers()));

    @Test
    void numbersTheLinesOfEachConnection() {
        server.peer().expectText("welcome\n").sendText("a\nb\n").expectText("1 a\n2 b\n");
        server.peer().expectText("welcome\n").sendText("a\n").expectText("1 a\n");
    }
}
