package dev.stowage.http.link;

import dev.stowage.http.error.ErrorPage;
import dev.stowage.http.error.Problem;
import java.util.Map;

/** The page of a link for an error. The same for every link that does not work. */
final class LinkErrorPage implements ErrorPage {

    @Override
    public Map<String, String> headers() {
        return Html.HEADERS;
    }

    @Override
    public String html(Problem problem) {
        String title = switch (problem.status()) {
            case 404 -> "Not found";
            case 401, 403 -> "Password needed";
            case 409 -> "The name is taken";
            case 413 -> "The file is too large";
            case 429, 503 -> "Try again later";
            default -> "This did not work";
        };
        return Html.page(title, "<p role=\"alert\">" + Html.escape(problem.message()) + "</p>");
    }
}
