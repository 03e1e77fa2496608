package dev.stowage.client;

import java.util.Optional;

/** The links of a service: URLs of files and folders for people without credentials. Thread-safe. */
public final class RemoteLinks {

    private static final String LINKS = "/api/v1/links";

    private final ApiConnection connection;

    RemoteLinks(ApiConnection connection) {
        this.connection = connection;
    }

    /** Creates a link. Each call makes another one. */
    public IssuedLink create(NewFileLink link) throws InterruptedException {
        return IssuedLink.of(
                connection.call(ApiRequest.post(LINKS, link.json())).json());
    }

    /**
     * Returns a page of the caller's links, newest first, including those that have ended in the last 30 days. A page may be short although
     * more follow.
     *
     * @param prefix only links to keys and prefixes that begin with it; may be empty
     * @param cursor {@link ListPage#next} of the previous page; empty for the first one
     */
    public ListPage<LinkDetails> list(String prefix, Optional<String> cursor) throws InterruptedException {
        String target = LINKS + "?prefix=" + UrlText.query(prefix)
                + cursor.map(text -> "&cursor=" + UrlText.query(text)).orElse("");
        JsonFields json = connection.call(ApiRequest.get(target)).json();
        return new ListPage<>(json.list("links", LinkDetails::of), json.optionalText("next_cursor"));
    }

    /** Returns a link. @throws StowageException with status 404 when there is none */
    public LinkDetails get(String id) throws InterruptedException {
        return LinkDetails.of(connection.call(ApiRequest.get(path(id))).json());
    }

    /** Revokes a link, permanently and at once. Does nothing when it is revoked already. */
    public void revoke(String id) throws InterruptedException {
        connection.call(ApiRequest.delete(path(id)));
    }

    private static String path(String id) {
        return LINKS + "/" + UrlText.query(id);
    }
}
