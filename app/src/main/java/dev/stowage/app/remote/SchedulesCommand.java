package dev.stowage.app.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.stowage.client.NewSchedule;
import dev.stowage.client.ScheduleDetails;
import dev.stowage.client.StowageClient;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Manages schedules, which submit batch jobs again and again. */
@Command(
        name = "schedules",
        description = "Creates, lists, pauses and deletes schedules, which submit batch jobs again and again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stowage schedules create delete --name clean-up --cron '0 3 * * *' --from raw/p1/tmp/ --older-than 30d",
            "  stowage schedules list",
            "  stowage schedules pause ID"
        })
final class SchedulesCommand extends RemoteGroup {

    /** Returns the command with its subcommands. */
    static CommandLine line(Shell shell) {
        return new CommandLine(new SchedulesCommand())
                .addSubcommand(new Create(shell))
                .addSubcommand(new ListAll(shell))
                .addSubcommand(new Show(shell))
                .addSubcommand(
                        "pause", described(new Switch(shell, false), "Submits no jobs until the schedule is resumed."))
                .addSubcommand(
                        "resume", described(new Switch(shell, true), "Submits jobs again, from the next time on."))
                .addSubcommand(new Delete(shell));
    }

    @Command(
            name = "create",
            description =
                    "Creates a schedule and prints its id. The options of the job are those of 'stowage jobs submit'.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  stowage schedules create delete --name clean-up --cron '0 3 * * *' --from raw/p1/tmp/ --older-than 30d",
                "  stowage schedules create inventory --name weekly --cron '0 6 * * MON' --zone Europe/Berlin \\",
                "      --from raw/p1/ --to processed/p1/files.csv"
            })
    static final class Create extends RemoteCommand {

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "A name for people to recognize it by")
        String name = "";

        @Option(
                names = "--cron",
                required = true,
                paramLabel = "TIMES",
                description = "Minute, hour, day of the month, month and day of the week, such as '0 3 * * *'")
        String cron = "";

        @Option(
                names = "--zone",
                paramLabel = "ZONE",
                defaultValue = "UTC",
                description = "The time zone of these times, such as Europe/Berlin; default: ${DEFAULT-VALUE}")
        String zone = "UTC";

        @Option(names = "--overlap", description = "Submit a job even if the previous one has not finished")
        boolean overlap;

        @Mixin
        JobArguments job = new JobArguments();

        Create(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            NewSchedule schedule = NewSchedule.of(name, cron, job.submission()).in(zone());
            ScheduleDetails created = client.schedules().create(overlap ? schedule.overlapping() : schedule);
            print(json(created), created.id());
            return 0;
        }

        private ZoneId zone() {
            try {
                return ZoneId.of(zone);
            } catch (DateTimeException e) {
                throw CommandFailure.usage("--zone '" + zone + "' is not a time zone such as Europe/Berlin or UTC");
            }
        }
    }

    @Command(name = "list", aliases = "ls", description = "Lists your schedules, oldest first.")
    static final class ListAll extends RemoteCommand {

        private static final String FORMAT = "%-36s  %-20s  %-14s  %-16s  %-12s  %-20s  %6s";

        ListAll(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            printAll(
                    String.format(Locale.ROOT, FORMAT, "ID", "NAME", "CRON", "ZONE", "OPERATION", "NEXT", "MISSED"),
                    client.schedules()::list,
                    schedule -> print(json(schedule), line(schedule)));
            return 0;
        }

        private static String line(ScheduleDetails schedule) {
            return String.format(
                    Locale.ROOT,
                    FORMAT,
                    schedule.id(),
                    schedule.name(),
                    schedule.cron(),
                    schedule.timeZone(),
                    schedule.job().operation(),
                    next(schedule),
                    schedule.missed());
        }
    }

    @Command(name = "show", description = "Shows a schedule: its job, its next and its latest run.")
    static final class Show extends RemoteCommand {

        @Parameters(paramLabel = "ID", description = "The schedule, as listed by schedules list")
        String id = "";

        Show(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            ScheduleDetails schedule = client.schedules().get(id);
            print(json(schedule), text(schedule));
            return 0;
        }

        private static String text(ScheduleDetails schedule) {
            FieldLines lines = new FieldLines(schedule.id())
                    .add("name", schedule.name())
                    .add("cron", schedule.cron() + " (" + schedule.timeZone() + ")")
                    .add("overlap", schedule.overlaps() ? "allow" : "skip")
                    .add("job", schedule.job().toJson())
                    .add("created", schedule.createdAt().toString())
                    .add("next", next(schedule));
            schedule.lastAt().ifPresent(time -> lines.add("latest", time.toString()));
            schedule.lastJob().ifPresent(job -> lines.add("latest job", job));
            lines.add("missed", Long.toString(schedule.missed()));
            schedule.message().ifPresent(message -> lines.add("error", message));
            return lines.text();
        }
    }

    /** Pauses or resumes a schedule. */
    @Command
    static final class Switch extends RemoteCommand {

        private final boolean on;

        @Parameters(paramLabel = "ID", description = "The schedule, as listed by schedules list")
        String id = "";

        Switch(Shell shell, boolean on) {
            super(shell);
            this.on = on;
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            ScheduleDetails schedule =
                    on ? client.schedules().enable(id) : client.schedules().disable(id);
            print(json(schedule), id + " is " + (on ? "enabled; next at " + next(schedule) : "paused"));
            return 0;
        }
    }

    @Command(name = "delete", aliases = "rm", description = "Deletes schedules. Their jobs stay, and continue.")
    static final class Delete extends RemoteCommand {

        @Parameters(arity = "1..*", paramLabel = "ID", description = "The schedules, as listed by schedules list")
        List<String> ids = new ArrayList<>();

        Delete(Shell shell) {
            super(shell);
        }

        @Override
        int run(StowageClient client) throws InterruptedException {
            for (String id : ids) {
                client.schedules().delete(id);
                print(object().put("id", id).put("state", "deleted"), "Deleted " + id);
            }
            return 0;
        }
    }

    private static String next(ScheduleDetails schedule) {
        return schedule.nextAt().map(Instant::toString).orElse("paused");
    }

    private static ObjectNode json(ScheduleDetails schedule) {
        ObjectNode json = RemoteCommand.object()
                .put("id", schedule.id())
                .put("name", schedule.name())
                .put("cron", schedule.cron())
                .put("time_zone", schedule.timeZone())
                .put("overlap", schedule.overlaps() ? "allow" : "skip")
                .put("enabled", schedule.enabled())
                .putRawValue("job", new RawValue(schedule.job().toJson()))
                .put("created_at", schedule.createdAt().toString());
        schedule.nextAt().ifPresent(time -> json.put("next_at", time.toString()));
        schedule.lastAt().ifPresent(time -> json.put("last_at", time.toString()));
        schedule.lastJob().ifPresent(job -> json.put("last_job", job));
        json.put("missed", schedule.missed());
        schedule.message().ifPresent(message -> json.put("message", message));
        return json;
    }
}
