package dev.stowage.app.remote;

import dev.stowage.client.CallerDetails;
import dev.stowage.client.StowageClient;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records a service and an API key. */
@Command(
        name = "login",
        description = {
            "Checks a service and an API key, and records both as a profile in ~/.config/stowage/config.toml, which only you can read.",
            "Asks for the key on a terminal; otherwise reads it from standard input. An empty key is for services without authentication."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stowage login https://files.example.com",
            "  stowage login https://files.example.com --profile work --default < key.txt"
        })
final class LoginCommand extends RemoteCommand {

    @Parameters(paramLabel = "URL", description = "The address of the service")
    String url = "";

    @Option(names = "--default", description = "Make it the default profile; the first one always is")
    boolean makeDefault;

    private @Nullable ServiceProfile entered;

    LoginCommand(Shell shell) {
        super(shell);
    }

    /** Not a recorded service, but the one to record. */
    @Override
    ServiceProfile service() {
        if (entered == null) {
            try {
                entered = ServiceProfile.of(url, key());
            } catch (IOException e) {
                throw CommandFailure.of(e);
            }
        }
        return entered;
    }

    @SuppressWarnings("SystemConsoleNull")
    private Optional<String> key() throws IOException {
        Console console = shell.terminal() ? System.console() : null;
        if (console != null) {
            char[] typed = console.readPassword("API key of %s (it is not shown): ", url);
            return Optional.ofNullable(typed).map(String::new).filter(text -> !text.isBlank());
        }
        BufferedReader input = new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8));
        return Optional.ofNullable(input.readLine()).filter(text -> !text.isBlank());
    }

    @Override
    int run(StowageClient client) throws IOException, InterruptedException {
        String who = who(client);
        ServiceProfiles profiles = new ServiceProfiles(shell);
        String name = profile == null ? ServiceProfiles.DEFAULT : profile;
        profiles.save(name, service(), makeDefault);
        print(
                object().put("profile", name).put("url", service().url().toString()),
                "Signed in to " + service().url() + " as " + who + "; profile '" + name + "' in " + profiles.file());
        return 0;
    }

    private static String who(StowageClient client) throws InterruptedException {
        CallerDetails me = client.me();
        return me.name().isEmpty() ? me.kind() : me.name() + " (" + me.kind() + ")";
    }
}
