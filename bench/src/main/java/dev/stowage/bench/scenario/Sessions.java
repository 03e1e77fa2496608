package dev.stowage.bench.scenario;

import dev.stowage.bench.client.Crowd;
import dev.stowage.bench.client.Http;
import dev.stowage.bench.process.Server;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Upload sessions: creating and querying them. */
final class Sessions {

    private static final Pattern ID = Pattern.compile("\"upload_id\":\"([^\"]+)\"");
    private static final int CLIENTS = 16;
    private static final int TURNS = 100;

    private Sessions() {}

    /** Creates sessions up to a number. */
    static void create(Server service, int from, int to) throws Exception {
        int each = (to - from + CLIENTS - 1) / CLIENTS;
        Crowd.run(
                service.address(),
                CLIENTS,
                each,
                (connection, client, turn) ->
                        connection.json("POST", Paths.FILES + "multipart/create", body("g/" + client + "/" + turn)));
    }

    /** The time for one client to create a session. */
    static double createMillis(Server service) throws Exception {
        Crowd.Act act = (connection, client, turn) ->
                connection.json("POST", Paths.FILES + "multipart/create", body("g/m/" + turn));
        return millis(service, act);
    }

    /** The time for one client to query a session. */
    static double statusMillis(Server service) throws Exception {
        String[] path = new String[1];
        Crowd.run(service.address(), 1, 1, (connection, client, turn) -> {
            path[0] = Paths.FILES + "multipart/status?key=g/status&upload_id=" + begin(connection, "g/status");
        });
        return millis(service, (connection, client, turn) -> connection.json("GET", path[0], ""));
    }

    /** Creates a session, and returns its id. */
    static String begin(Http connection, String key) throws IOException {
        String made = connection.json("POST", Paths.FILES + "multipart/create", body(key));
        Matcher id = ID.matcher(made);
        if (!id.find()) {
            throw new IOException("unexpected: " + made);
        }
        return id.group(1);
    }

    /** The path of a session's parts, without their number at its end. */
    static String part(String key, String id) {
        return Paths.FILES + "multipart/upload-part?key=" + key + "&upload_id=" + id + "&part_number=";
    }

    static void complete(Http connection, String key, String id) throws IOException {
        String body = "{\"key\":\"" + key + "\",\"upload_id\":\"" + id + "\"}";
        String completed = connection.json("POST", Paths.FILES + "multipart/complete", body);
        if (!completed.contains("etag")) {
            throw new IOException("unexpected: " + completed);
        }
    }

    private static double millis(Server service, Crowd.Act act) throws Exception {
        Crowd.run(service.address(), 1, TURNS, act);
        return 1000 * Crowd.run(service.address(), 1, TURNS, act) / TURNS;
    }

    private static String body(String key) {
        return "{\"key\":\"" + key + "\"}";
    }
}
