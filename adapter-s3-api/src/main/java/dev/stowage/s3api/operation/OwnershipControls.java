package dev.stowage.s3api.operation;

import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import dev.stowage.s3api.xml.XmlDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The ownership controls that every bucket has: ACLs are disabled, and the owner of the bucket owns its objects. */
final class OwnershipControls {

    static final String ROOT = "OwnershipControls";

    /** The header field with which CreateBucket sets them. */
    static final String HEADER = "x-amz-object-ownership";

    private static final String RULE = "Rule";
    private static final String OWNERSHIP = "ObjectOwnership";
    private static final String ENFORCED = "BucketOwnerEnforced";

    private OwnershipControls() {}

    static void write(XmlDocument document) {
        document.element(RULE, rule -> rule.text(OWNERSHIP, ENFORCED));
    }

    /**
     * Accepts a request to set what holds anyway, as Terraform sends it.
     *
     * @throws S3ErrorException for other controls
     */
    static void accept(S3Call call) throws IOException {
        List<String> rules = new ArrayList<>();
        CallBody.read(
                CallBody.of(call),
                ROOT,
                "<" + ROOT + "><" + RULE + ">…",
                controls -> controls.children(rule -> {
                    if (rule.equals(RULE)) {
                        controls.children(field -> rules.add(controls.text()));
                    }
                }));
        check(String.join(", ", rules));
        call.reply().empty(200);
    }

    /** @throws S3ErrorException for any other ownership than that of every bucket */
    static void check(String ownership) {
        if (!ownership.strip().equals(ENFORCED)) {
            throw new S3ErrorException(
                    S3ErrorCode.NOT_IMPLEMENTED,
                    "The only object ownership is " + ENFORCED + ", without ACLs; rights belong to API keys");
        }
    }
}
