package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.service.ServiceProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stowage doctor} as operators run it. */
class DoctorIT {

    @TempDir
    private Path folder;

    @Test
    void doctor_besideTheRunningService_findsNothingWrong_andLeavesNothing() {
        try (ServiceProcess service = ServiceProcess.start(folder, Map.of(), ServiceProcess.SHORT_LIVED)) {
            ServiceProcess.Ended doctor = ServiceProcess.run(List.of("doctor", "--store"), folder, Map.of());

            assertThat(doctor.log())
                    .contains("worker.db, intact", "64 uploads at once", "nothing is left")
                    .doesNotContain("FAIL", "warn");
            assertThat(doctor.exitCode()).isZero();
            assertThat(service.log()).doesNotContain("ERROR");
        }
    }
}
