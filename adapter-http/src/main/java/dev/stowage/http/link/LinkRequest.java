package dev.stowage.http.link;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stowage.core.access.Action;
import dev.stowage.core.access.LinkTarget;
import dev.stowage.core.config.Secret;
import dev.stowage.core.error.InvalidInput;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.link.Links;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiIgnore;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiNullable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The JSON of a new link. */
@OpenApiName("NewLink")
record LinkRequest(
        @OpenApiNullable
        @OpenApiDescription("The file; either key or prefix is required")
        @OpenApiExample("raw/demo/a.txt")
        @Nullable
        String key,

        @OpenApiNullable
        @OpenApiDescription(
                "All files whose keys begin with it; for uploads, the folder that receives them, with a slash at the end")
        @OpenApiExample("raw/demo/inbox/")
        @Nullable
        String prefix,

        @OpenApiNullable
        @OpenApiDescription("download or upload; download by default")
        @OpenApiExample("download")
        @Nullable
        String kind,

        @OpenApiName("expires_in")
        @OpenApiNullable
        @OpenApiDescription("The link's lifetime in seconds, at most 315360000; without it, the link does not expire")
        @OpenApiExample("86400")
        @Nullable
        Long expiresIn,

        @OpenApiName("max_uses")
        @OpenApiNullable
        @OpenApiDescription("The number of downloads or uploads after which the link ends; without it, any number")
        @OpenApiExample("10")
        @Nullable
        Long maxUses,

        @OpenApiName("password")
        @JsonProperty("password")
        @OpenApiNullable
        @OpenApiDescription("A password that users of the link need: 1 to 72 bytes of UTF-8")
        @OpenApiExample("correct horse battery staple")
        @Nullable
        String phrase,

        @OpenApiName("max_size")
        @OpenApiNullable
        @OpenApiDescription("For uploads: the maximum size of each file in bytes; without it, the limit of the service")
        @OpenApiExample("10485760")
        @Nullable
        Long maxSize) {

    @OpenApiIgnore
    Links.NewLink link() {
        return new Links.NewLink(
                target(action(kind)),
                Optional.ofNullable(expiresIn).map(Duration::ofSeconds),
                maxUses == null ? OptionalLong.empty() : OptionalLong.of(maxUses),
                maxSize == null ? OptionalLong.empty() : OptionalLong.of(maxSize),
                Optional.ofNullable(phrase).map(Secret::new));
    }

    private LinkTarget target(Action action) {
        if (key != null && prefix == null) {
            return new LinkTarget.OneFile(action, new ObjectKey(key));
        }
        if (prefix != null && key == null) {
            return new LinkTarget.Folder(action, new KeyPrefix(prefix));
        }
        throw InvalidInput.ofField(key == null ? "key" : "prefix", "Send either key or prefix");
    }

    private static Action action(@Nullable String kind) {
        return switch (kind == null ? LinkView.DOWNLOAD : kind) {
            case LinkView.DOWNLOAD -> Action.READ;
            case LinkView.UPLOAD -> Action.WRITE;
            default -> throw InvalidInput.ofField("kind", "kind must be download or upload");
        };
    }

    /** Leaves out the password. */
    @Override
    public String toString() {
        return "LinkRequest[" + (key == null ? prefix : key) + "]";
    }
}
