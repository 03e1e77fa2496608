package dev.stowage.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A change of a webhook. What is empty stays as it is.
 *
 * @param url where events are sent from now on
 * @param events the types of events from now on
 * @param prefix only events of files whose keys begin with it; an empty text for all
 * @param enabled whether events are delivered
 */
public record WebhookChange(
        Optional<URI> url, Optional<List<String>> events, Optional<String> prefix, Optional<Boolean> enabled) {

    /** Changes nothing. */
    public static final WebhookChange NONE =
            new WebhookChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Returns the change with another receiver. */
    public WebhookChange to(URI receiver) {
        return new WebhookChange(Optional.of(receiver), events, prefix, enabled);
    }

    /** Returns the change with other types of events. */
    public WebhookChange withEvents(List<String> types) {
        return new WebhookChange(url, Optional.of(List.copyOf(types)), prefix, enabled);
    }

    /** Returns the change with another prefix. */
    public WebhookChange below(String keys) {
        return new WebhookChange(url, events, Optional.of(keys), enabled);
    }

    ObjectNode json() {
        ObjectNode json = JsonFields.newObject();
        url.ifPresent(receiver -> json.put("url", receiver.toString()));
        events.ifPresent(types -> types.forEach(json.putArray("events")::add));
        prefix.ifPresent(keys -> json.put("prefix", keys));
        enabled.ifPresent(on -> json.put("enabled", on));
        return json;
    }

    /** Leaves out the URL, which may have a token. */
    @Override
    public String toString() {
        return "WebhookChange[events=" + events + ", prefix=" + prefix + ", enabled=" + enabled + "]";
    }
}
