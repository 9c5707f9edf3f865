package dev.gatehouse.app.config;

import dev.gatehouse.app.Documents;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {
    private static final String HEAD = """
            # Configuration

            `gatehouse gateway`, `gatehouse coordinator` and `gatehouse echo` are configured by a YAML file (`--config FILE`), the environment, and
            flags; each wins over the one before. Flags are `--grace` and those of the log, for the gateway and the coordinator also `--set
            KEY=VALUE` with any key, for the coordinator and `echo` also `--listen`, and others that `--help` tells. Every key has a default, unless the table says it has none. A dot in a key is a level
            of the file:

            ```yaml
            listen: 0.0.0.0:8888
            services:
              game:
                nodes:
                  game1: 127.0.0.1:7001
            ```

            examples/gatehouse.yaml is a whole one. A name in angle brackets is yours to choose (letters, digits, `.`, `_`, `-`; at most
            64). Durations are written `250ms`, `10s`, `2m` or `1h`; bytes `4096`, `64k`, `1m` or `1g`.

            A file for `echo` whose name ends with `.conf` has the form of redis.conf instead, a key and its values in each line. `bind` and
            `port` are read from it, and the many other keys of such a file are passed over, `include` too. Without `--config`, `echo` takes the
            `redis.conf` of the working folder when there is one. It listens on 127.0.0.1 unless a setting says more, where Redis listens
            everywhere.

            In the environment a key is written in capital letters, with `_` for everything else. A name there means the one that
            the file has, if that looks the same in capital letters; else it is taken in small letters, with `-` for `_`. An empty
            variable counts as not set.

            Every command refuses a variable that begins with `GATEHOUSE_` and is none of this page, also one that it wouldn't read itself: one
            environment may serve several commands. The tables' variables are read by their own command only. Beside them `service`
            reads `GATEHOUSE_TOKEN`, all that talk to a coordinator read `GATEHOUSE_CLUSTER_SECRET`, `connect` reads `GATEHOUSE_CERTIFICATE`, and the launcher `GATEHOUSE_JAVA_OPTS`.

            An unknown key or variable, a value that isn't allowed, or routes that overlap are one sentence that names the file, the key, the
            value and what is allowed, and exit code 2. `gatehouse gateway --config FILE --check` only checks: all that a
            start would refuse, also in the files that the configuration names, but whether it can listen.

            HUP reloads the configuration of a running gateway: nodes and their weights, names of opcodes, `trace` and `log.level`, and what
            stands in the files of `tls`. A service that is gone from the file loses its nodes; then the gateway isn't ready until a
            restart takes its routes away, too. One that has nodes in the file now, and had none beside coordinators or an etcd, or the other way round, keeps
            the nodes that it has. Other changes need a restart; the reload doesn't look at them. A configuration with a
            mistake changes nothing, and is logged. The file of users and those of `tls` are read by themselves when they change.

            This page is made of the tables in `GatewayKeys`, `CoordinatorKeys`, `EchoKeys`, `ListenerKeys` and `LogKeys`; a test holds it to them.

            """;

    @Test
    void describesEveryKey() {
        StringBuilder page = new StringBuilder(HEAD);
        table(page, "gatehouse gateway", GatewayKeys.KEYS);
        page.append('\n');
        table(page, "gatehouse coordinator", CoordinatorKeys.KEYS);
        page.append('\n');
        table(page, "gatehouse echo", EchoKeys.KEYS);
        Documents.check("configuration.md", page.toString());
    }

    private static void table(StringBuilder page, String command, Keys keys) {
        page.append("## ").append(command).append("\n\n");
        page.append("| key | default | value | meaning | environment |\n|---|---|---|---|---|\n");
        for (Key<?> key : keys.all()) {
            page.append("| `").append(key.name()).append("` | ");
            page.append(key.defaultText().isEmpty() ? "none" : "`" + key.defaultText() + "`");
            page.append(" | ").append(key.type().expected().replace("|", "\\|"));
            page.append(" | ").append(key.meaning());
            page.append(" | `")
                    .append(key.environmentVariable(keys.environmentPrefix()))
                    .append("` |\n");
        }
    }
}
