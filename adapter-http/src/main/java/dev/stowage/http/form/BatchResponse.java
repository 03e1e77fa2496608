package dev.stowage.http.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stowage.http.objects.StoredFile;
import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of the results of a batch upload. */
@OpenApiName("BatchUploadResult")
record BatchResponse(
        @OpenApiDescription("In the order of the files") List<Item> results,
        @OpenApiExample("2") int total,
        @OpenApiExample("1") int successful,
        @OpenApiExample("1") int failed) {

    static BatchResponse of(String bucket, List<BatchItem> items) {
        List<Item> results = items.stream().map(item -> Item.of(bucket, item)).toList();
        int successful = (int) results.stream().filter(Item::success).count();
        return new BatchResponse(results, results.size(), successful, results.size() - successful);
    }

    /** The result of one file. */
    @OpenApiName("BatchUploadItem")
    record Item(
            @OpenApiDescription("As sent") @OpenApiExample("raw/demo/a.txt")
            String key,

            @OpenApiExample("true") boolean success,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @OpenApiDescription(
                    "The code of the failure, as in the body of an error, such as PreconditionFailed or AccessDenied; absent after a success")
            @OpenApiExample("PreconditionFailed")
            @Nullable
            String error,

            @OpenApiExample("File uploaded") String message,

            @OpenApiDescription("The file; null when it was not stored") @Nullable
            StoredFile data) {

        static Item of(String bucket, BatchItem item) {
            StoredFile data =
                    item.stored().map(info -> StoredFile.of(bucket, info)).orElse(null);
            return new Item(item.key(), data != null, item.error().orElse(null), item.message(), data);
        }
    }
}
