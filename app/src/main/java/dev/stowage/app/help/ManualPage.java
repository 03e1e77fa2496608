package dev.stowage.app.help;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The manual page in the format of man(7), with the help of each command. */
final class ManualPage {

    private ManualPage() {}

    static String of(String program, CommandLine line) {
        StringBuilder page = new StringBuilder();
        String title = program.toUpperCase(Locale.ROOT);
        page.append(".TH ")
                .append(title)
                .append(" 1\n.SH NAME\n")
                .append(program)
                .append(" \\- ");
        page.append(
                escaped(String.join(" ", line.getCommandSpec().usageMessage().description())));
        page.append("\n");
        section(page, "SYNOPSIS", line);
        line.getSubcommands().forEach((name, command) -> {
            section(page, program + " " + name, command);
            command.getSubcommands()
                    .forEach((inner, subcommand) -> section(page, program + " " + name + " " + inner, subcommand));
        });
        return page.toString();
    }

    private static void section(StringBuilder page, String title, CommandLine line) {
        page.append(".SH \"").append(title).append("\"\n.nf\n");
        line.getUsageMessage(Ansi.OFF)
                .lines()
                .forEach(text -> page.append(escaped(text)).append('\n'));
        page.append(".fi\n");
    }

    /** A backslash begins an escape; a dot or a quote at the beginning of a line is a request. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
