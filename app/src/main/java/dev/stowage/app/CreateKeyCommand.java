package dev.stowage.app;

import dev.stowage.app.config.Configuration;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.Rights;
import dev.stowage.core.access.Scope;
import dev.stowage.core.apikey.ApiKeyManagement;
import dev.stowage.core.config.Units;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.error.NotSupported;
import dev.stowage.core.key.KeyPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Creates an API key and prints it. */
@Command(
        name = "create",
        description = "Creates an API key and prints it. The key is shown only once: only a digest of it is stored.",
        mixinStandardHelpOptions = true,
        versionProvider = StowageCommand.VersionText.class)
final class CreateKeyCommand implements Callable<Integer> {

    private final CliEnvironment environment;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "A name for people to recognize it by")
    private String name = "";

    @Option(
            names = "--project",
            paramLabel = "ID",
            description = "A project whose files the key can access; repeat it for several")
    private List<String> projects = new ArrayList<>();

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "A prefix of the files that the key can access; repeat it for several")
    private List<String> prefixes = new ArrayList<>();

    @Option(names = "--all-files", description = "The key can access all files")
    private boolean allFiles;

    @Option(
            names = "--actions",
            split = ",",
            paramLabel = "ACTION",
            description =
                    "The allowed actions, of read, write, delete, jobs, webhooks, metrics, admin; default: ${DEFAULT-VALUE}",
            defaultValue = "read,write,delete,jobs")
    private List<String> actions = new ArrayList<>();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "The time after which the key expires, such as 90d; default: never")
    private @Nullable String expires;

    @Option(names = "--s3", description = "The key has an S3 key pair, which is printed after it")
    private boolean s3;

    CreateKeyCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Configuration configuration = environment.configuration();
        Rights rights = new Rights(scopes(), actions());
        Optional<Duration> lifetime =
                Optional.ofNullable(expires).map(text -> parse("--expires", text, Units::duration));
        try {
            ApiKeyManagement.NewKey made = OperatorKeys.change(
                    configuration, (keys, operator) -> keys.create(operator, name, rights, lifetime, s3));
            KeyLine.print(spec.commandLine().getOut(), made);
            spec.commandLine()
                    .getErr()
                    .println("Store it safely; it is not shown again. Its id is "
                            + made.key().id());
        } catch (InvalidInput | NotSupported e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        return ExitCode.OK;
    }

    private Set<Scope> scopes() {
        Set<Scope> scopes = new HashSet<>();
        projects.forEach(project -> scopes.add(parse("--project", project, Scope.Project::new)));
        prefixes.forEach(prefix -> scopes.add(parse("--prefix", prefix, text -> new Scope.Under(prefix(text)))));
        if (allFiles) {
            scopes.add(new Scope.Everything());
        }
        return scopes;
    }

    private static KeyPrefix prefix(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty prefix matches every key; use --all-files to allow all files");
        }
        return new KeyPrefix(text);
    }

    private Set<Action> actions() {
        Set<Action> named = EnumSet.noneOf(Action.class);
        actions.forEach(action -> named.add(parse("--actions", action, CreateKeyCommand::action)));
        return named;
    }

    private static Action action(String text) {
        return Action.named(text.strip())
                .orElseThrow(() ->
                        new IllegalArgumentException("use read, write, delete, jobs, webhooks, metrics or admin"));
    }

    private <T> T parse(String option, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | InvalidInput e) {
            throw new ParameterException(spec.commandLine(), option + " '" + text + "': " + e.getMessage(), e);
        }
    }
}
