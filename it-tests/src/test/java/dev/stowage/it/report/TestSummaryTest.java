package dev.stowage.it.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSummaryTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path project;

    @Test
    void line_countsReportsOfAllModules_andGroupsReasons() throws Exception {
        report("core/target/surefire-reports/TEST-a.xml", START, """
                <testsuite><testcase name="passes"/><testcase name="skips">
                <skipped><![CDATA[org.opentest4j.TestAbortedException: Assumption failed: there is no Node here
                    at org.junit.jupiter.api.Assumptions.throwAssumptionFailed(Assumptions.java:340)]]></skipped>
                </testcase></testsuite>""");
        report("it-tests/target/failsafe-reports/TEST-b.xml", START.plusSeconds(60), """
                <testsuite><testcase name="skips"><skipped message="Assumption failed: there is no Node here"/></testcase>
                <testcase name="disabled"><skipped/></testcase></testsuite>""");

        assertThat(TestSummary.of(project, START))
                .isEqualTo("Tests: 1 run, 3 skipped: 1 because no reason given; 2 because there is no Node here");
    }

    @Test
    void line_ignoresReportsOfEarlierBuilds() throws Exception {
        report("core/target/surefire-reports/TEST-old.xml", START.minusSeconds(1), """
                <testsuite><testcase name="old"/></testsuite>""");
        report("core/target/surefire-reports/TEST-new.xml", START, """
                <testsuite><testcase name="new"/></testsuite>""");

        assertThat(TestSummary.of(project, START)).isEqualTo("Tests: 1 run, 0 skipped");
    }

    private void report(String path, Instant modified, String xml) throws Exception {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, xml);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }
}
