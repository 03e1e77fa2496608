package dev.stowage.core.quota;

import dev.stowage.core.config.Settings;
import dev.stowage.core.config.Units;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.records.Quota;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The quotas of projects.
 *
 * @param layout determines the project of a key
 * @param usual the default limit in bytes; empty for no limit
 * @param exceptions the limits of individual projects; unmodifiable
 */
public record ProjectQuotas(KeyLayout layout, OptionalLong usual, Map<String, OptionalLong> exceptions) {

    private static final String USUAL = "PROJECT_QUOTA";
    private static final String EXCEPTIONS = "PROJECT_QUOTAS";
    private static final String NO_LIMIT = "none";

    public ProjectQuotas {
        exceptions = Map.copyOf(exceptions);
    }

    /** Reads the quotas; reports invalid values to {@code settings}. */
    public static ProjectQuotas from(Settings settings, KeyLayout layout) {
        OptionalLong usual = settings.read(USUAL, OptionalLong.empty(), ProjectQuotas::limit);
        Map<String, OptionalLong> exceptions = settings.read(EXCEPTIONS, Map.of(), ProjectQuotas::exceptions);
        ProjectQuotas quotas = new ProjectQuotas(layout, usual, exceptions);
        if (quotas.enabled() && !layout.hasProjects()) {
            settings.problem(
                    usual.isPresent() ? USUAL : EXCEPTIONS,
                    "needs {project_id} in KEY_LAYOUT, which names the project of a key; add it, or remove the quotas");
        }
        return quotas;
    }

    /** Whether there are any limits; if not, nothing is counted. */
    public boolean enabled() {
        return usual.isPresent() || !exceptions.isEmpty();
    }

    /** Returns the quota that applies to a key, or empty when it belongs to no project. */
    public Optional<Quota> of(ObjectKey key) {
        return layout.project(key).map(project -> new Quota(project, limitOf(project)));
    }

    /** Returns the limit of a project in bytes; empty for no limit. */
    public OptionalLong limitOf(String project) {
        return exceptions.getOrDefault(project, usual);
    }

    private static Map<String, OptionalLong> exceptions(String text) {
        Map<String, OptionalLong> exceptions = new LinkedHashMap<>();
        for (String entry : text.split(",", -1)) {
            int equals = entry.lastIndexOf('=');
            String project = entry.substring(0, Math.max(equals, 0)).strip();
            if (project.isEmpty()) {
                throw new IllegalArgumentException("is not a list such as project1=10GiB,project2=none");
            }
            if (exceptions.putIfAbsent(
                            project, limit(entry.substring(equals + 1).strip()))
                    != null) {
                throw new IllegalArgumentException("names the project " + project + " twice");
            }
        }
        return exceptions;
    }

    private static OptionalLong limit(String text) {
        return text.equals(NO_LIMIT) ? OptionalLong.empty() : OptionalLong.of(Units.size(text));
    }
}
