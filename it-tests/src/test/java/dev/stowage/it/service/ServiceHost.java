package dev.stowage.it.service;

import dev.stowage.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The program of a {@link SharedJvm}: runs commands of Stowage in threads, as its standard input requests. A line is a list of words, which
 * are encoded as in {@link Words}: {@code run NUMBER FOLDER NAME=VALUE… -- ARGUMENT…}, or {@code stop NUMBER}. When a command has ended, it
 * prints {@code ended NUMBER EXIT-CODE OUTPUT}. It ends with its standard input.
 */
final class ServiceHost {

    private final Map<String, Thread> commands = new HashMap<>();

    private ServiceHost() {}

    public static void main(String[] args) throws IOException {
        ServiceHost host = new ServiceHost();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            host.accept(Words.parse(line));
        }
        System.exit(0);
    }

    private void accept(List<String> words) {
        String number = words.get(1);
        if (words.get(0).equals("run")) {
            Thread command = new Thread(() -> run(number, words.subList(2, words.size())), "command-" + number);
            commands.put(number, command);
            command.start();
        } else {
            Thread command = commands.remove(number);
            if (command != null) {
                command.interrupt();
            }
        }
    }

    private static void run(String number, List<String> words) {
        int divide = words.indexOf(SharedJvm.DIVIDER);
        Map<String, String> environment = new HashMap<>();
        for (String setting : words.subList(1, divide)) {
            int sign = setting.indexOf('=');
            environment.put(setting.substring(0, sign), setting.substring(sign + 1));
        }
        String[] arguments = words.subList(divide + 1, words.size()).toArray(String[]::new);
        StringWriter output = new StringWriter();
        int code = Main.run(environment, Path.of(words.get(0)), new PrintWriter(output, true), arguments);
        System.out.println(
                Words.join(Arrays.asList(SharedJvm.ENDED, number, Integer.toString(code), output.toString())));
    }
}
