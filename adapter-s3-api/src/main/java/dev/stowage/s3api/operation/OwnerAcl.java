package dev.stowage.s3api.operation;

import dev.stowage.s3api.xml.XmlDocument;
import dev.stowage.s3api.xml.XmlInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The ACL that every bucket and object has: full control for its owner, and nothing for others. */
final class OwnerAcl {

    static final String ROOT = "AccessControlPolicy";

    private static final String ACCESS_LIST = "AccessControlList";
    private static final String GRANT = "Grant";
    private static final String GRANTEE = "Grantee";
    private static final String FULL_CONTROL = "FULL_CONTROL";

    private OwnerAcl() {}

    static void write(XmlDocument document) {
        document.owner("Owner")
                .element(
                        ACCESS_LIST,
                        list -> list.element(
                                GRANT,
                                grant -> grant.element(
                                                GRANTEE,
                                                grantee -> grantee.attribute(
                                                                "xmlns:xsi",
                                                                "http://www.w3.org/2001/XMLSchema-instance")
                                                        .attribute("xsi:type", "CanonicalUser")
                                                        .text("ID", XmlDocument.OWNER_ID)
                                                        .text("DisplayName", XmlDocument.OWNER_ID))
                                        .text("Permission", FULL_CONTROL)));
    }

    /**
     * Accepts a request to set the ACL to the one that holds anyway: a canned one, or the document that {@link #write} writes. s3cmd sends
     * that document back after it has copied an object.
     *
     * @throws dev.stowage.s3api.error.S3ErrorException for any other ACL
     */
    static void accept(S3Call call) throws IOException {
        ObjectHeaders.refuseUnsupported(call.headers());
        if (call.headers().get("x-amz-acl").isEmpty()
                && !grants(call).equals(List.of(XmlDocument.OWNER_ID, FULL_CONTROL))) {
            throw ObjectHeaders.noAcls();
        }
        call.reply().empty(200);
    }

    /** The ids and permissions of the grants in the body, in their order. */
    private static List<String> grants(S3Call call) throws IOException {
        List<String> words = new ArrayList<>();
        CallBody.read(
                CallBody.ofDocument(call),
                ROOT,
                "<" + ROOT + ">…",
                policy -> policy.children(element -> {
                    if (element.equals(ACCESS_LIST)) {
                        policy.children(grant -> policy.children(part -> readPart(policy, part, words)));
                    }
                }));
        return words;
    }

    private static void readPart(XmlInput grant, String part, List<String> words) {
        if (part.equals(GRANTEE)) {
            grant.children(field -> {
                // A group has a URI instead of an id.
                if (!field.equals("DisplayName")) {
                    words.add(grant.text());
                }
            });
        } else {
            words.add(grant.text());
        }
    }
}
