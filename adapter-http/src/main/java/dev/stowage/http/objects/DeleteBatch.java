package dev.stowage.http.objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.StorageException;
import dev.stowage.core.port.DeleteResult;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import io.javalin.openapi.OpenApiRequired;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of a batch deletion. */
final class DeleteBatch {

    private DeleteBatch() {}

    @OpenApiName("DeleteBatch")
    record Request(
            @OpenApiRequired
            @OpenApiDescription("1 to 1000 keys")
            @OpenApiExample("[\"raw/demo/a.txt\", \"raw/demo/b.txt\"]")
            @Nullable
            List<@Nullable String> keys) {}

    @OpenApiName("DeleteBatchResult")
    record Response(
            List<Item> results,
            @OpenApiExample("2") int total,
            @OpenApiExample("1") int successful,
            @OpenApiExample("1") int failed) {

        static Response of(List<Item> results) {
            int successful = (int) results.stream().filter(Item::success).count();
            return new Response(results, results.size(), successful, results.size() - successful);
        }
    }

    @OpenApiName("DeleteBatchItem")
    record Item(
            @OpenApiExample("raw/demo/a.txt") String key,
            @OpenApiExample("true") boolean success,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @OpenApiDescription(
                    "The code of the failure, as in the body of an error, such as FileNotFound or AccessDenied; absent after a success")
            @OpenApiExample("FileNotFound")
            @Nullable
            String error,

            @OpenApiExample("Deleted") String message) {

        static Item of(DeleteResult result) {
            String key = result.key().value();
            if (result instanceof DeleteResult.Failed failed) {
                return failed(key, failed.reason());
            }
            return result instanceof DeleteResult.Deleted
                    ? new Item(key, true, null, "Deleted")
                    : new Item(key, false, ErrorCode.FILE_NOT_FOUND.id(), "File not found");
        }

        static Item failed(String key, StorageException reason) {
            String code = reason.code().id();
            String message = reason.getMessage();
            return new Item(key, false, code, message == null ? code : message);
        }
    }
}
