package kv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.testing.TestPeer;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.List;

/** Sends requests and gives back the bytes of the answers. */
final class RedisClient implements AutoCloseable {
    private static final String MARK = "that was the answer";

    private final TestPeer peer;

    RedisClient(InetSocketAddress address) {
        peer = TestPeer.connect(address);
    }

    /** The answer to a request. */
    String ask(String... arguments) {
        return askAll(List.of(List.of(arguments))).getFirst();
    }

    /** The answers to requests that are sent at once, so that hardly any time passes between them. */
    List<String> askAll(List<List<String>> requests) {
        StringBuilder bytes = new StringBuilder();
        for (List<String> request : requests) {
            bytes.append(array(request.toArray(String[]::new))).append(array("echo", MARK));
        }
        peer.sendText(bytes.toString());
        return requests.stream().map(request -> answer()).toList();
    }

    private String answer() {
        String end = "$" + MARK.length() + "\r\n" + MARK + "\r\n";
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        while (!answer.toString(ISO_8859_1).endsWith(end)) {
            answer.writeBytes(peer.read(1));
        }
        String text = answer.toString(ISO_8859_1);
        return text.substring(0, text.length() - end.length());
    }

    /** All answers to these bytes, after which nothing more is sent. */
    String askRaw(String bytes) {
        return new String(peer.sendText(bytes).shutdownOutput().readAll(), ISO_8859_1);
    }

    static String array(String... arguments) {
        StringBuilder request = new StringBuilder("*" + arguments.length + "\r\n");
        for (String argument : arguments) {
            request.append('$')
                    .append(argument.length())
                    .append("\r\n")
                    .append(argument)
                    .append("\r\n");
        }
        return request.toString();
    }

    @Override
    public void close() {
        peer.close();
    }
}
