package dev.stowage.core.batch;

import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobTarget;
import java.util.Optional;

/** The operations' checks of a job's target. */
final class SpecRules {

    private SpecRules() {}

    /** @throws InvalidInput when the target has a field that this operation does not use */
    static void refuse(String operation, JobTarget target, String... unused) {
        for (String field : unused) {
            if (field(target, field).isPresent()) {
                throw unused(operation, field);
            }
        }
    }

    /** @throws InvalidInput when the target has attributes, which this operation does not change */
    static void refuseAttributes(String operation, JobTarget target) {
        if (!target.changes().isEmpty()) {
            throw unused(operation, target.changes().fields().get(0));
        }
    }

    /** @throws InvalidInput when files of another store are named for an operation that is no import */
    static void refuseImport(JobSpec spec) {
        if (spec.importFrom().isPresent()) {
            throw InvalidInput.ofField(
                    "source.from", spec.operation() + " does not use source.from and target.overwrite; remove them");
        }
    }

    /** @throws InvalidInput when a field of the target is missing */
    static <T> T require(String operation, String field, Optional<T> value) {
        return value.orElseThrow(() -> invalid(field, operation + " needs target." + field));
    }

    static InvalidInput invalid(String field, String message) {
        return InvalidInput.ofField("target." + field, message);
    }

    private static InvalidInput unused(String operation, String field) {
        return invalid(field, operation + " does not use target." + field + "; remove it");
    }

    private static Optional<?> field(JobTarget target, String name) {
        return switch (name) {
            case "prefix" -> target.prefix();
            case "strip_prefix" -> target.stripPrefix();
            default -> target.key();
        };
    }
}
