package dev.stowage.http.link;

import dev.stowage.core.access.Link;
import dev.stowage.core.access.LinkTarget;
import dev.stowage.core.error.AccessDenied;
import dev.stowage.core.error.Conflict;
import dev.stowage.core.error.NotFound;
import dev.stowage.core.error.PayloadTooLarge;
import dev.stowage.core.error.PreconditionFailed;
import dev.stowage.core.error.StorageException;
import dev.stowage.http.error.ErrorMapper;
import dev.stowage.http.error.Problem;
import dev.stowage.http.error.RequestException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Failures as users of a link see them: without the keys of files, of which they know only the names below the link. */
final class LinkFailures {

    private static final int FIRST_OF_SERVICE = 500;

    private final ErrorMapper mapper = new ErrorMapper();

    /** Returns the exception to throw instead of {@code failure}, for a file with that name. */
    RuntimeException shown(StorageException failure, Link link, String name) {
        if (failure instanceof AccessDenied) {
            return NotFound.file(name);
        }
        Problem problem = mapper.map(failure);
        if (problem.status() >= FIRST_OF_SERVICE) {
            return failure;
        }
        Map<String, Object> detail = problem.detail().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue() instanceof String text ? hide(text, link) : entry.getValue()));
        return new RequestException(
                new Problem(
                        problem.status(), problem.error(), hide(problem.message(), link), detail, problem.headers()),
                failure);
    }

    /** Like {@link #shown}, for a file that is sent. */
    RuntimeException uploading(StorageException failure, Link link, String name) {
        if (failure instanceof PreconditionFailed) {
            return new Conflict(
                    "A file with the name " + name + " is already there; choose another name", Map.of("name", name));
        }
        if (failure instanceof PayloadTooLarge) {
            // The usual advice is for clients with credentials.
            Problem problem = mapper.map(failure);
            String message = "The file has more than the " + problem.detail().get("max_size")
                    + " bytes that can be sent to this link";
            return new RequestException(
                    new Problem(problem.status(), problem.error(), message, problem.detail(), problem.headers()),
                    failure);
        }
        return shown(failure, link, name);
    }

    /** Returns a failure with the names of the files of the same request that were stored before. */
    RuntimeException after(RuntimeException failure, List<String> stored) {
        if (stored.isEmpty()) {
            return failure;
        }
        Problem problem = mapper.map(failure);
        return new RequestException(
                new Problem(
                        problem.status(),
                        problem.error(),
                        problem.message() + ". These files were stored before: " + String.join(", ", stored),
                        Map.of("stored", stored),
                        problem.headers()),
                failure);
    }

    private static String hide(String text, Link link) {
        String target = link.target().text();
        return link.target() instanceof LinkTarget.OneFile file
                ? text.replace(target, file.key().filename())
                : target.isEmpty() ? text : text.replace(target, "");
    }
}
