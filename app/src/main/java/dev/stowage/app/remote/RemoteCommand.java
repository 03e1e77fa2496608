package dev.stowage.app.remote;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.client.ListPage;
import dev.stowage.client.StowageClient;
import dev.stowage.client.StowageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that talks to a service. Failures become a message on standard error and an exit code. */
abstract class RemoteCommand implements Callable<Integer> {

    /** How long transfers and watches wait for a service that is away, once it has answered. */
    static final Duration LONG_TIMEOUT = Duration.ofSeconds(60);

    /** How long a command waits for a service that is away. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    final Shell shell;

    @Spec
    CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit")
    boolean help;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description =
                    "The service, as recorded by 'stowage login'. By default STOWAGE_URL with STOWAGE_API_KEY, then STOWAGE_PROFILE,"
                            + " then the default profile")
    @Nullable
    String profile;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print errors only")
    boolean quiet;

    @Option(names = "--json", description = "Print one JSON object per line")
    boolean json;

    RemoteCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public final Integer call() throws Exception {
        try (StowageClient client = service().client(retryTimeout())) {
            return run(client);
        } catch (StowageException e) {
            return failed(CommandFailure.of(e));
        } catch (IOException e) {
            return failed(CommandFailure.of(e));
        } catch (CommandFailure e) {
            return failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CommandFailure.INTERRUPTED;
        }
    }

    /** Runs the command and returns its exit code. */
    abstract int run(StowageClient client) throws IOException, InterruptedException;

    Duration retryTimeout() {
        return TIMEOUT;
    }

    ServiceProfile service() {
        ServiceProfiles profiles = new ServiceProfiles(shell);
        if (profile != null) {
            return profiles.find(profile);
        }
        return profiles.current()
                .orElseThrow(() -> CommandFailure.usage(
                        "No service is named; run 'stowage login URL', or set STOWAGE_URL and STOWAGE_API_KEY"));
    }

    private int failed(CommandFailure failure) {
        err().println("stowage: " + failure.text());
        return failure.exitCode();
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Prints a result: nothing with {@code --quiet}. */
    void print(ObjectNode object, String line) {
        if (!quiet) {
            out().println(json ? object.toString() : line);
        }
    }

    /** The pages of a list. */
    interface Pages<T> {

        /** @param cursor of the page; empty for the first one */
        ListPage<T> get(Optional<String> cursor) throws InterruptedException;
    }

    /**
     * Prints a list.
     *
     * @param head the names of the columns, for people; printed once the first page has arrived
     * @param item prints an item
     */
    final <T> void printAll(String head, Pages<T> pages, Consumer<T> item) throws InterruptedException {
        ListPage<T> page = pages.get(Optional.empty());
        printHead(head);
        page.items().forEach(item);
        while (page.next().isPresent()) {
            page = pages.get(page.next());
            page.items().forEach(item);
        }
    }

    /** Prints the names of columns, once it is known that there is a table: only for people. */
    void printHead(String line) {
        if (!quiet && !json) {
            out().println(line);
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
