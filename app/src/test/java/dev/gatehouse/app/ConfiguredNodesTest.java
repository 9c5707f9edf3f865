package dev.gatehouse.app;

import dev.gatehouse.app.config.GatewaySettings;
import dev.gatehouse.app.config.Sources;
import dev.gatehouse.ring.Member;
import dev.gatehouse.ring.Registry;
import dev.gatehouse.ring.RegistryContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@link GatewayNodes} of the configuration keep to what every registry does; those of etcd and of rings have suites of their own. */
class ConfiguredNodesTest extends RegistryContract {
    @Override
    protected Registry registry(List<Member> members) {
        Map<String, String> keys =
                new TreeMap<>(Map.of("users.mode", "development", "services.game.contract", "trunk"));
        members.forEach(member -> keys.put("services.game.nodes." + member.id(), member.host() + ":" + member.port()));
        return new GatewayNodes(GatewaySettings.read(new Sources(Optional.empty(), Map.of(), keys)));
    }

    @Override
    protected void change(Registry registry, List<Member> members) {
        ((GatewayNodes) registry).replace("game", members);
    }
}
