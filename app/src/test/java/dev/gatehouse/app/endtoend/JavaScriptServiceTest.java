package dev.gatehouse.app.endtoend;

import dev.gatehouse.app.process.ChildProcess;
import dev.gatehouse.app.process.NeedsTool;
import java.util.Map;

/** The service that was written in JavaScript from the published contract alone. */
@NeedsTool(command = "node", install = "apt-get install nodejs npm")
@NeedsTool(command = "npm", install = "apt-get install nodejs npm")
final class JavaScriptServiceTest extends ServiceContract {
    @Override
    ChildProcess service(Map<String, String> environment) {
        return Examples.run("javascript-service", environment, "--listen", "127.0.0.1:0");
    }
}
