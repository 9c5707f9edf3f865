package dev.gatehouse.app;

import picocli.CommandLine.IVersionProvider;

/** The version of this build, of its Java and of its Netty. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Gatehouse.class.getPackage().getImplementationVersion();
        return new String[] {
            "gatehouse " + (version == null ? "(development)" : version) + ", Java "
                    + Runtime.version().feature()
        };
    }
}
