package dev.stowage.http.link;

import dev.stowage.core.access.Link;
import dev.stowage.core.link.OpenLink;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectSummary;
import io.javalin.http.Context;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The pages of links that work. */
final class LinkPage {

    /** In UTC, as the page can't know the time zone of its reader. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private LinkPage() {}

    /** @param wrong whether a wrong password was sent before */
    static void password(Context ctx, boolean wrong) {
        show(
                ctx,
                wrong ? 403 : 200,
                "Password needed",
                (wrong ? "<p role=\"alert\">The password is wrong.</p>" : "")
                        + "<form method=\"post\" action=\"" + here(ctx) + "\">"
                        + "<label for=\"password\">Password of this link</label>"
                        + "<input id=\"password\" name=\"password\" type=\"password\" required autofocus autocomplete=\"off\">"
                        + "<button>Continue</button></form>");
    }

    static void file(Context ctx, OpenLink open, ObjectInfo file) {
        show(
                ctx,
                200,
                file.key().filename(),
                "<p>" + Html.size(file.size()) + "</p><p><a class=\"button\" href=\"" + here(ctx)
                        + "?download=true\" download>Download</a></p>" + limits(open.link()));
    }

    static void folder(Context ctx, OpenLink open, LinkListing listing) {
        StringBuilder body = new StringBuilder();
        String folder = listing.folder();
        if (!folder.isEmpty()) {
            body.append("<p><a href=\"").append(here(ctx)).append("\">All files</a></p>");
        }
        if (listing.isEmpty()) {
            body.append("<p>There are no files here.</p>");
        } else {
            body.append("<p><a class=\"button\" href=\"")
                    .append(here(ctx))
                    .append("?zip=true&amp;folder=")
                    .append(Html.query(folder))
                    .append("\" download>Download all as ZIP</a></p>")
                    .append(
                            "<table><thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Size</th></tr></thead><tbody>");
            listing.folders().forEach(name -> row(body, here(ctx) + "?folder=" + Html.query(name), name, folder, ""));
            for (ObjectSummary file : listing.files()) {
                String name = listing.name(file);
                row(body, here(ctx) + "/" + Html.path(name), name, folder, Html.size(file.size()));
            }
            body.append("</tbody></table>");
        }
        listing.next()
                .ifPresent(after -> body.append("<p><a href=\"")
                        .append(here(ctx))
                        .append("?folder=")
                        .append(Html.query(folder))
                        .append("&amp;after=")
                        .append(Html.query(after))
                        .append("\">Next page</a></p>"));
        show(ctx, 200, folder.isEmpty() ? "Files" : folder, body + limits(open.link()));
    }

    private static void row(StringBuilder body, String href, String name, String folder, String size) {
        body.append("<tr><td><a href=\"")
                .append(href)
                .append("\">")
                .append(Html.escape(name.substring(folder.length())))
                .append("</a></td><td>")
                .append(size)
                .append("</td></tr>");
    }

    static void dropBox(Context ctx, OpenLink open, Optional<String> onlyName) {
        String max = open.link().limits().maxSize().isPresent()
                ? "<p>At most " + Html.size(open.link().limits().maxSize().getAsLong()) + " for each file.</p>"
                : "";
        show(
                ctx,
                200,
                "Send files",
                "<form method=\"post\" enctype=\"multipart/form-data\" action=\"" + here(ctx) + "\">"
                        + "<label for=\"file\">"
                        + onlyName.map(name -> "File, to be stored as " + Html.escape(name))
                                .orElse("Files")
                        + "</label><input id=\"file\" name=\"file\" type=\"file\" required"
                        + (onlyName.isPresent() ? "" : " multiple") + "><button>Send</button></form>" + max
                        + limits(open.link()));
    }

    static void received(Context ctx, List<String> names) {
        StringBuilder body = new StringBuilder("<p role=\"status\">Thank you. These files were received:</p><ul>");
        names.forEach(name -> body.append("<li>").append(Html.escape(name)).append("</li>"));
        body.append("</ul><p><a href=\"").append(here(ctx)).append("\">Send more</a></p>");
        show(ctx, 201, "Files received", body.toString());
    }

    private static String limits(Link link) {
        return link.limits()
                .expiresAt()
                .map(end -> "<p><small>This link works until <time datetime=\"" + end + "\">" + TIME.format(end)
                        + "</time>.</small></p>")
                .orElse("");
    }

    /** The path of the link, relative to itself, so that it is right under any path prefix of a proxy. */
    private static String here(Context ctx) {
        return Html.query(ctx.pathParam("token"));
    }

    private static void show(Context ctx, int status, String title, String body) {
        Html.HEADERS.forEach(ctx::header);
        ctx.status(status).result(Html.page(title, body));
    }
}
