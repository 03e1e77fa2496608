package dev.stowage.bench.measure;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Runs contenders in turn, so that other load on the machine affects all alike.
 *
 * @param warmUp rounds that are not counted
 * @param counted rounds that are counted
 */
public record Rounds(int warmUp, int counted) {

    /** Runs a comparison and prints its progress to {@code progress}. */
    public Result run(Comparison comparison, PrintStream progress) throws Exception {
        List<Contender> contenders = comparison.contenders();
        List<Series> series = contenders.stream()
                .map(contender -> Series.empty(contender.name()))
                .toList();
        for (int round = -warmUp; round < counted; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                Series into = round < 0 ? Series.empty("warm-up") : series.get(i);
                run(contenders.get(i), into);
                double value = into.values().get(into.values().size() - 1);
                progress.println(String.format(
                        Locale.ROOT,
                        "%s %d %s: %.2f %s",
                        comparison.name(),
                        round,
                        contenders.get(i).name(),
                        value,
                        comparison.unit()));
            }
        }
        return new Result(
                comparison.name(),
                comparison.unit(),
                comparison.moreIsBetter(),
                comparison.operations(),
                comparison.goals(),
                series);
    }

    private static void run(Contender contender, Series into) throws Exception {
        if (contender.usage().isEmpty()) {
            into.values().add(contender.work().run());
            return;
        }
        ProcessUsage usage = contender.usage().get();
        usage.forgetPeak();
        double before = usage.cpuSeconds();
        double writesBefore = usage.writeCalls();
        into.values().add(contender.work().run());
        into.cpuSeconds().add(usage.cpuSeconds() - before);
        into.writeCalls().add(usage.writeCalls() - writesBefore);
        into.peakMiB().add(usage.peakMiB());
    }
}
