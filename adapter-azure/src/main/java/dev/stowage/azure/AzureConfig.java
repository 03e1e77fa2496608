package dev.stowage.azure;

import com.azure.storage.common.StorageSharedKeyCredential;
import dev.stowage.core.config.Secret;
import dev.stowage.core.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The {@code AZURE_} settings.
 *
 * @param account the name of the storage account
 * @param key of the account, in base64
 * @param container of the files
 * @param endpoint the URL of the account's blob service
 * @param publicEndpoint the URL of the same for clients, which signed URLs begin with
 * @param createContainer whether a missing container is created
 * @param timeouts how long calls wait
 */
record AzureConfig(
        String account,
        Secret key,
        String container,
        URI endpoint,
        URI publicEndpoint,
        boolean createContainer,
        Timeouts timeouts) {

    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]{3,24}");
    private static final Pattern CONTAINER = Pattern.compile("(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*");

    /** A request without a body takes less than 30 seconds, if it only reads, with a repetition. */
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(11), Duration.ofSeconds(25), Duration.ofSeconds(60));

    /**
     * How long calls wait.
     *
     * @param connect for a connection
     * @param answer for the beginning of the response to a request that changes nothing
     * @param change for that to a change, which may copy bytes within the store
     * @param idle for the next byte of a body, and for the response to one
     */
    record Timeouts(Duration connect, Duration answer, Duration change, Duration idle) {}

    /** Reads the settings; problems are recorded in {@code settings}. */
    static AzureConfig read(Settings settings) {
        String account = name(settings, "AZURE_ACCOUNT_NAME", ACCOUNT, "name the storage account");
        URI endpoint = settings.url("AZURE_ENDPOINT_URL")
                .orElseGet(() -> URI.create("https://" + account + ".blob.core.windows.net"));
        return new AzureConfig(
                account,
                key(settings),
                name(settings, "AZURE_CONTAINER_NAME", CONTAINER, "name the container of the files"),
                endpoint,
                settings.url("AZURE_PUBLIC_ENDPOINT_URL").orElse(endpoint),
                settings.flag("AZURE_CREATE_CONTAINER", false),
                TIMEOUTS);
    }

    /** Returns the credential to sign requests and URLs with. */
    StorageSharedKeyCredential credential() {
        return new StorageSharedKeyCredential(account, key.value());
    }

    private static String name(Settings settings, String setting, Pattern syntax, String todo) {
        String name = settings.required(setting, todo);
        if (!name.isEmpty() && !syntax.matcher(name).matches()) {
            settings.problem(
                    setting,
                    "is not such a name: lower-case letters and digits, in a container's name also single dashes");
        }
        return name;
    }

    private static Secret key(Settings settings) {
        String key = settings.required("AZURE_ACCOUNT_KEY", "set it to an access key of the account");
        try {
            Base64.getDecoder().decode(key);
        } catch (IllegalArgumentException e) {
            settings.problem("AZURE_ACCOUNT_KEY", "is not an access key, which is base64");
        }
        return new Secret(key);
    }
}
