package dev.stowage.app.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.stowage.core.disk.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The services that {@code stowage login} has recorded, in a TOML file that only its owner can read:
 *
 * <pre>{@code
 * default = "work"
 * profiles.work.url = "https://files.example.com"
 * profiles.work.api_key = "stw_..."
 * }</pre>
 */
final class ServiceProfiles {

    static final String DEFAULT = "default";

    private static final String PROFILES = "profiles";
    private static final String URL = "url";
    private static final String API_KEY = "api_key";

    private final Shell shell;
    private final Path folder;
    private final Path file;

    ServiceProfiles(Shell shell) {
        this.shell = shell;
        this.folder = shell.configFolder();
        this.file = folder.resolve("config.toml");
    }

    Path file() {
        return file;
    }

    /** Returns the service that the environment or the file names for commands without {@code --profile}. */
    Optional<ServiceProfile> current() {
        Optional<String> url = shell.variable("STOWAGE_URL");
        if (url.isPresent()) {
            return Optional.of(ServiceProfile.of(url.get(), shell.variable("STOWAGE_API_KEY")));
        }
        Optional<String> named = shell.variable("STOWAGE_PROFILE");
        if (named.isPresent()) {
            return Optional.of(find(named.get()));
        }
        JsonNode name = read().path(DEFAULT);
        return name.isTextual() ? Optional.of(find(name.textValue())) : Optional.empty();
    }

    /** @throws CommandFailure when there is no such profile */
    ServiceProfile find(String name) {
        JsonNode profile = read().path(PROFILES).path(name);
        if (!profile.path(URL).isTextual()) {
            throw CommandFailure.usage("There is no profile '" + name + "' in " + file
                    + "; create it with 'stowage login URL" + " --profile " + name + "'");
        }
        JsonNode key = profile.path(API_KEY);
        return ServiceProfile.of(
                profile.path(URL).textValue(), key.isTextual() ? Optional.of(key.textValue()) : Optional.empty());
    }

    private ObjectNode read() {
        TomlMapper mapper = new TomlMapper();
        if (!Files.exists(file)) {
            return mapper.createObjectNode();
        }
        if (PrivateFiles.isShared(file)) {
            throw CommandFailure.usage(file + " has API keys, and others can read it; run 'chmod 600 " + file + "'");
        }
        try {
            return mapper.readTree(Files.readString(file)) instanceof ObjectNode object
                    ? object
                    : mapper.createObjectNode();
        } catch (JsonProcessingException e) {
            // Its message quotes the file, which has secrets.
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw CommandFailure.usage(file + " is not valid TOML, in line " + line);
        } catch (IOException e) {
            throw CommandFailure.of(e);
        }
    }

    /** Adds or replaces a profile, and makes it the default one when there is none or {@code makeDefault}. */
    void save(String name, ServiceProfile profile, boolean makeDefault) throws IOException {
        ObjectNode all = read();
        ObjectNode saved = all.withObjectProperty(PROFILES)
                .putObject(name)
                .put(URL, profile.url().toString());
        profile.apiKey().ifPresent(key -> saved.put(API_KEY, key.value()));
        if (makeDefault || !all.path(DEFAULT).isTextual()) {
            all.put(DEFAULT, name);
        }
        PrivateFiles.createFolders(folder);
        Path written = Files.createTempFile(folder, "config", ".toml", PrivateFiles.fileAttributes(file));
        Files.writeString(written, new TomlMapper().writeValueAsString(all), StandardCharsets.UTF_8);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
