package chat;

import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.message.MessageConnection;
import dev.gatehouse.net.message.MessageHandler;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Who is in the room, and what they say. Connections live on several event loops, so the members are in a concurrent map; sending to
 * another's connection may be done from any of them.
 */
final class ChatRoom implements MessageHandler<String, String> {
    private static final String NAME = "[\\p{L}\\p{N}_-]{1,20}";

    private final Map<String, MessageConnection<String>> members = new ConcurrentSkipListMap<>();

    /** What hangs on the connection of a member. */
    private record Member(String name) {}

    @Override
    public void opened(MessageConnection<String> connection) {
        connection.send("Your name?");
    }

    @Override
    public void message(MessageConnection<String> connection, String line) {
        Optional<Member> member = connection.connection().attachment(Member.class);
        if (member.isEmpty()) {
            enter(connection, line.strip());
        } else if (line.equals("/who")) {
            connection.send(String.join(" ", members.keySet()));
        } else if (line.equals("/quit")) {
            connection.close();
        } else if (!line.isBlank()) {
            tellOthers(member.get(), member.get().name() + ": " + printable(line));
        }
    }

    private void enter(MessageConnection<String> connection, String name) {
        if (!name.matches(NAME)) {
            connection.send("A name has 1 to 20 letters, digits, _ or -. Your name?");
        } else if (members.putIfAbsent(name, connection) != null) {
            connection.send(name + " is here already. Your name?");
        } else {
            Member member = new Member(name);
            connection.connection().attach(member);
            connection.send("Welcome, " + name + ". /who lists who is here, /quit leaves.");
            tellOthers(member, "* " + name + " has come");
        }
    }

    @Override
    public void stopping(MessageConnection<String> connection) {
        connection.send("* the room closes");
        connection.connection().close(CloseReason.SERVER_STOPPED);
    }

    @Override
    public void closed(MessageConnection<String> connection, CloseReason reason) {
        connection.connection().attachment(Member.class).ifPresent(member -> {
            members.remove(member.name());
            tellOthers(member, "* " + member.name() + " has gone");
        });
    }

    private void tellOthers(Member speaker, String line) {
        members.forEach((name, connection) -> {
            if (!name.equals(speaker.name())) {
                connection.send(line);
            }
        });
    }

    /** Without what could do something to another's terminal. */
    private static String printable(String line) {
        return line.replaceAll("\\p{Cntrl}", " ");
    }
}
