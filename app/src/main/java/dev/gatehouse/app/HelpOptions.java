package dev.gatehouse.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code --help} and {@code --version}, which every command has. */
final class HelpOptions {
    private HelpOptions() {}

    static void addTo(CommandSpec command) {
        command.versionProvider(new Version())
                .addOption(flag("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build())
                .addOption(flag("-V", "--version")
                        .versionHelp(true)
                        .description("Print version information and exit.")
                        .build());
    }

    private static OptionSpec.Builder flag(String... names) {
        return OptionSpec.builder(names).arity("0").type(boolean.class);
    }
}
