package dev.gatehouse.app;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A subcommand: what it is called, what its help says, its options, and what it does. Options are read when it is called.
 *
 * <p>picocli could read the same from annotations; but the JVM makes a class for each kind of annotation that is read, at each start:
 * that took longer than all else that a start does before it listens.
 */
abstract class Subcommand implements Callable<Integer> {
    private final CommandSpec specification = CommandSpec.wrapWithoutInspection(this);

    Subcommand(String name, String description, String... examples) {
        specification.name(name);
        HelpOptions.addTo(specification);
        specification
                .usageMessage()
                .description(description)
                .footerHeading("%nExamples:%n")
                .footer(examples);
    }

    /** What picocli needs to know of it. */
    final CommandSpec specification() {
        return specification;
    }

    /** An option with a value of this type; empty where it isn't given. */
    final <T> Supplier<Optional<T>> option(String name, String label, Class<T> type, String description) {
        return option(specification, name, label, type, description);
    }

    /** The same for any command, also one that picocli knows by annotations. */
    static <T> Supplier<Optional<T>> option(
            CommandSpec command, String name, String label, Class<T> type, String description) {
        OptionSpec option = OptionSpec.builder(name)
                .paramLabel(label)
                .type(type)
                .description(description)
                .build();
        command.addOption(option);
        return valueOf(option);
    }

    /** An option with a text, or else with this one. */
    final Supplier<String> optionOr(String otherwise, String name, String label, String description) {
        return textOf(add(OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .defaultValue(otherwise)
                .description(description)));
    }

    /** An option that must be given. */
    final Supplier<String> required(String name, String label, String description) {
        return textOf(add(OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .required(true)
                .description(description)));
    }

    /** An option of the form KEY=VALUE, which may be repeated. */
    final Supplier<Map<String, String>> pairs(String name, String description) {
        Supplier<Optional<Map<String, String>>> given = valueOf(add(OptionSpec.builder(name)
                .paramLabel("KEY=VALUE")
                .type(Map.class)
                .auxiliaryTypes(String.class, String.class)
                .description(description)));
        return () -> given.get().orElse(Map.of());
    }

    /** An option without a value. */
    final BooleanSupplier flag(String name, String description) {
        Supplier<Optional<Boolean>> given = valueOf(
                add(OptionSpec.builder(name).arity("0").type(boolean.class).description(description)));
        return () -> given.get().orElse(false);
    }

    /** The word that must follow the command's name. */
    final Supplier<String> word(String label, String description) {
        return word(0, label, description);
    }

    /** A word that must follow the command's name, after so many others. */
    final Supplier<String> word(int index, String label, String description) {
        PositionalParamSpec word = PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .arity("1")
                .required(true)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
        specification.addPositional(word);
        return textOf(word);
    }

    private OptionSpec add(OptionSpec.Builder builder) {
        OptionSpec option = builder.build();
        specification.addOption(option);
        return option;
    }

    private static <T> Supplier<Optional<T>> valueOf(ArgSpec argument) {
        return () -> {
            @Nullable T value = argument.getValue();
            return Optional.ofNullable(value);
        };
    }

    private static Supplier<String> textOf(ArgSpec argument) {
        Supplier<Optional<String>> value = valueOf(argument);
        return () -> value.get().orElse("");
    }
}
