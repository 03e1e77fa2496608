package dev.stowage.s3api.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.operation.OperationTable.Level;
import dev.stowage.s3api.request.HeaderLines;
import dev.stowage.s3api.request.RequestHead;
import org.junit.jupiter.api.Test;

final class OperationTableTest {

    private final OperationTable table = new OperationTable()
            .add("PutObject", "PUT", Level.OBJECT, call -> {})
            .add("GetObject", "GET", Level.OBJECT, call -> {})
            .add("SelectObjectContent", "POST", Level.OBJECT, "select", call -> {})
            .add("DeleteBucket", "DELETE", Level.BUCKET, call -> {});

    @Test
    void find_byMethodAndResource() {
        assertThat(table.find(head("GET", "x-id=GetObject"), Level.OBJECT).name())
                .isEqualTo("GetObject");
        assertThat(table.find(head("POST", "select&select-type=2"), Level.OBJECT)
                        .name())
                .isEqualTo("SelectObjectContent");
    }

    @Test
    void find_ofAnotherMethod_saysWhichThereAre() {
        assertThatThrownBy(() -> table.find(head("POST", ""), Level.OBJECT))
                .isInstanceOfSatisfying(S3ErrorException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(S3ErrorCode.METHOD_NOT_ALLOWED);
                    assertThat(refused.headers()).containsEntry("Allow", "GET, PUT");
                });
    }

    @Test
    void find_ofAnUnknownResource_isNotImplemented() {
        assertThatThrownBy(() -> table.find(head("GET", "torrent"), Level.OBJECT))
                .isInstanceOfSatisfying(
                        S3ErrorException.class,
                        refused -> assertThat(refused.code()).isEqualTo(S3ErrorCode.NOT_IMPLEMENTED));
    }

    private static RequestHead head(String method, String query) {
        return RequestHead.of(method, "/bucket/name", query, new HeaderLines());
    }
}
