package dev.stowage.it.service;

import dev.stowage.it.service.ServiceProcess.Ended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** API keys, created on the command line. */
public final class Keys {

    private static final Pattern KEY = Pattern.compile("stw_([a-z0-9]{12})_[a-z2-7]{52}");

    private static final Pattern PAIR = Pattern.compile("AWS_ACCESS_KEY_ID=(\\S+)\\s+AWS_SECRET_ACCESS_KEY=(\\S+)");

    private Keys() {}

    /** A key with its S3 key pair. */
    public record Pair(String key, String accessKeyId, String secretAccessKey) {}

    /**
     * Creates a key with an S3 key pair.
     *
     * @param options of {@code keys create}
     */
    public static Pair createPair(Path folder, Map<String, String> settings, String... options) {
        List<String> arguments = new ArrayList<>(List.of("keys", "create", "--s3"));
        arguments.addAll(List.of(options));
        Ended ended = HostedService.run(arguments, folder, settings);
        Matcher key = KEY.matcher(ended.log());
        Matcher pair = PAIR.matcher(ended.log());
        if (ended.exitCode() != 0 || !key.find() || !pair.find()) {
            throw new AssertionError("no key pair: " + ended.log());
        }
        return new Pair(key.group(), pair.group(1), pair.group(2));
    }

    /**
     * Creates a key.
     *
     * @param folder the working directory of the service
     * @param options of {@code keys create}
     */
    public static String create(Path folder, Map<String, String> settings, String... options) {
        List<String> arguments = new ArrayList<>(List.of("keys", "create"));
        arguments.addAll(List.of(options));
        return print(arguments, folder, settings);
    }

    /** Runs a command that prints a key. */
    public static String print(List<String> arguments, Path folder, Map<String, String> settings) {
        Ended ended = HostedService.run(arguments, folder, settings);
        Matcher key = KEY.matcher(ended.log());
        if (ended.exitCode() != 0 || !key.find()) {
            throw new AssertionError("no key: " + ended.log());
        }
        return key.group();
    }

    /** The id of a key. */
    public static String id(String key) {
        return key.split("_", 3)[1];
    }
}
