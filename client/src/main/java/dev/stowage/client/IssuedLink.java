package dev.stowage.client;

import java.net.URI;

/**
 * A new link.
 *
 * @param url for everyone who may use the link; the service does not show it again
 */
public record IssuedLink(LinkDetails link, URI url) {

    static IssuedLink of(JsonFields json) {
        return new IssuedLink(LinkDetails.of(json), URI.create(json.text("url")));
    }

    /** Leaves out the URL, which is secret. */
    @Override
    public String toString() {
        return "IssuedLink[" + link.id() + "]";
    }
}
