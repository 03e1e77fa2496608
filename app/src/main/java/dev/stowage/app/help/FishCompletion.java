package dev.stowage.app.help;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish, for which picocli has no generator: a {@code complete} command for each command and option. */
final class FishCompletion {

    private FishCompletion() {}

    static String of(String program, CommandLine line) {
        StringBuilder script = new StringBuilder("complete -c " + program + " -e\n");
        commands(script, program, line, "__fish_use_subcommand");
        return script.toString();
    }

    /** @param before the condition under which a subcommand of {@code line} can follow */
    private static void commands(StringBuilder script, String program, CommandLine line, String before) {
        for (Map.Entry<String, CommandLine> command : line.getSubcommands().entrySet()) {
            CommandSpec spec = command.getValue().getCommandSpec();
            String seen = "__fish_seen_subcommand_from " + command.getKey();
            script.append("complete -c ")
                    .append(program)
                    .append(" -n '")
                    .append(before)
                    .append("' -a ");
            script.append(command.getKey())
                    .append(description(spec.usageMessage().description()));
            for (OptionSpec option : spec.options()) {
                script.append("complete -c ")
                        .append(program)
                        .append(" -n '")
                        .append(seen)
                        .append("'");
                for (String name : option.names()) {
                    script.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
                }
                script.append(option.arity().max() > 0 ? " -r" : "").append(description(option.description()));
            }
            commands(script, program, command.getValue(), seen);
        }
    }

    private static String description(String[] lines) {
        String text = lines.length == 0 ? "" : lines[0];
        return " -d '" + text.replace("\\", "\\\\").replace("'", "\\'") + "'\n";
    }
}
