package dev.stowage.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.job.ImportFrom;
import dev.stowage.core.job.JobId;
import dev.stowage.core.job.JobOptions;
import dev.stowage.core.job.JobSource;
import dev.stowage.core.job.JobSpec;
import dev.stowage.core.job.JobTarget;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.port.PutOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Imports from the source {@code old} of the bench, which admits the principal {@code friend}. */
abstract class ImportSuite {

    JobBench bench = new JobBench();

    JobId run(JobSource source, JobTarget target, boolean overwrite) {
        JobId id = submit(source, target, overwrite, JobOptions.DEFAULT);
        bench.runFor(Duration.ofSeconds(10));
        return id;
    }

    JobId submit(JobSource source, JobTarget target, boolean overwrite, JobOptions options) {
        JobSpec spec =
                new JobSpec("import", source, target, options).from(Optional.of(new ImportFrom("old", overwrite)));
        return bench.clients().submit(bench.owner, spec, Optional.empty()).job().id();
    }

    void there(String key, String text) {
        there(key, text, ObjectAttributes.DEFAULT);
    }

    void there(String key, String text, ObjectAttributes attributes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(bench.foreign
                        .put(new ObjectKey(key), Content.of(bytes), PutOptions.of(attributes))
                        .info()
                        .size())
                .isEqualTo(bytes.length);
    }
}
