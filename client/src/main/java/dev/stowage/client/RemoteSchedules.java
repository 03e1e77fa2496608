package dev.stowage.client;

import java.util.Optional;

/** The schedules of a service, which submit batch jobs again and again. Thread-safe. */
public final class RemoteSchedules {

    private static final String SCHEDULES = "/api/v1/schedules";

    private final ApiConnection connection;

    RemoteSchedules(ApiConnection connection) {
        this.connection = connection;
    }

    /** Creates a schedule. Each call makes another one. */
    public ScheduleDetails create(NewSchedule schedule) throws InterruptedException {
        return ScheduleDetails.of(
                connection.call(ApiRequest.post(SCHEDULES, schedule.json())).json());
    }

    /**
     * Returns a page of the caller's schedules, oldest first.
     *
     * @param cursor {@link ListPage#next} of the previous page; empty for the first one
     */
    public ListPage<ScheduleDetails> list(Optional<String> cursor) throws InterruptedException {
        String target =
                SCHEDULES + cursor.map(text -> "?cursor=" + UrlText.query(text)).orElse("");
        JsonFields json = connection.call(ApiRequest.get(target)).json();
        return new ListPage<>(json.list("schedules", ScheduleDetails::of), json.optionalText("next_cursor"));
    }

    /** Returns a schedule. @throws StowageException with status 404 when there is none */
    public ScheduleDetails get(String id) throws InterruptedException {
        return ScheduleDetails.of(connection.call(ApiRequest.get(path(id))).json());
    }

    /** Lets a schedule submit jobs again, from its next time on. Does nothing when it is enabled. */
    public ScheduleDetails enable(String id) throws InterruptedException {
        return change(id, true);
    }

    /** Lets a schedule submit no jobs until it is enabled again. Does nothing when it is disabled. */
    public ScheduleDetails disable(String id) throws InterruptedException {
        return change(id, false);
    }

    private ScheduleDetails change(String id, boolean enabled) throws InterruptedException {
        ApiRequest request = ApiRequest.patch(path(id), JsonFields.newObject().put("enabled", enabled));
        return ScheduleDetails.of(connection.call(request).json());
    }

    /** Deletes a schedule. Its jobs stay. @throws StowageException with status 404 when there is none */
    public void delete(String id) throws InterruptedException {
        connection.call(ApiRequest.delete(path(id)));
    }

    private static String path(String id) {
        return SCHEDULES + "/" + UrlText.query(id);
    }
}
