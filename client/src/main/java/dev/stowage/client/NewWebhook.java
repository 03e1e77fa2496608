package dev.stowage.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A webhook to be created.
 *
 * @param url where events are sent
 * @param events the types of events, such as {@code file.created}; at least one
 * @param prefix only events of files whose keys begin with it; empty for all, also those without a file
 */
public record NewWebhook(URI url, List<String> events, Optional<String> prefix) {

    /** The list is copied. */
    public NewWebhook {
        events = List.copyOf(events);
    }

    /** Returns a webhook for all files, uploads and jobs that the caller may see. */
    public static NewWebhook of(URI url, String... events) {
        return new NewWebhook(url, List.of(events), Optional.empty());
    }

    /** Returns the same webhook for files below a prefix only. */
    public NewWebhook below(String keys) {
        return new NewWebhook(url, events, Optional.of(keys));
    }

    ObjectNode json() {
        ObjectNode json = JsonFields.newObject().put("url", url.toString());
        events.forEach(json.putArray("events")::add);
        prefix.ifPresent(keys -> json.put("prefix", keys));
        return json;
    }

    /** Leaves out the URL, which may have a token. */
    @Override
    public String toString() {
        return "NewWebhook" + events;
    }
}
