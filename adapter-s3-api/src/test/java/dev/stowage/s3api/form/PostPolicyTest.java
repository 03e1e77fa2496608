package dev.stowage.s3api.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.s3api.error.S3ErrorException;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostPolicyTest {

    private static final Instant END = Instant.parse("2026-11-27T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'bucket':'b'}, ['starts-with','$key','user/'] | yes",
                "{'bucket':'b'}, ['STARTS-WITH','$KEY','user/'] | yes",
                "{'bucket':'b'}, ['eq','$key','user/a.txt'] | yes",
                "{'bucket':'b'}, {'key':'user/a.txt'}, ['starts-with','$x-amz-meta-a',''] | yes",
                "{'bucket':'b'}, ['eq','$key','user/'] | Policy Condition failed",
                "{'bucket':'b'}, ['starts-with','$key','other/'] | Policy Condition failed",
                "{'bucket':'c'}, ['starts-with','$key',''] | Policy Condition failed",
                "{'bucket':'b'}, ['starts-with','$key',''], {'acl':'private'} | Policy Condition failed",
                "['starts-with','$key',''] | Extra input fields: bucket",
                "{'bucket':'b'} | Extra input fields: key"
            })
    void conditions_decideOnTheFieldsOfAForm(String conditions, String result) throws Exception {
        PostedForm form = form(
                part("Key", "user/${filename}"),
                part("policy", "…"),
                part("x-amz-signature", "…"),
                part("x-ignore-a", "…"),
                part("x-amz-checksum-crc32", "…"),
                new PostedPart("file", Optional.of("C:\\temp\\a.txt"), new ByteArrayInputStream(new byte[0])));
        PostPolicy policy = policy(conditions);

        if (result.equals("yes")) {
            policy.check(form, "b", form.objectName(), END.minusSeconds(1));
        } else {
            assertThatThrownBy(() -> policy.check(form, "b", form.objectName(), END.minusSeconds(1)))
                    .isInstanceOf(S3ErrorException.class)
                    .hasMessageContaining(result);
        }
        assertThatThrownBy(() -> policy.check(form, "b", form.objectName(), END))
                .hasMessageContaining("expired");
    }

    @Test
    void listOfMediaTypes_fulfillsAConditionAsAWhole() {
        PostPolicy.Condition images = new PostPolicy.Condition("content-type", true, "image/");

        assertThat(images.isMetBy("image/png, image/gif")).isTrue();
        assertThat(images.isMetBy("image/png, text/html")).isFalse();
    }

    @Test
    void sizeRange_isCheckedWhileTheFileIsRead() {
        PostPolicy.SizeRange size =
                policy("['content-length-range', 2, '3']").size().orElseThrow();

        assertThatCode(() -> size.check(1, false)).doesNotThrowAnyException();
        assertThatCode(() -> size.check(3, true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> size.check(1, true)).hasMessageContaining("smaller");
        assertThatThrownBy(() -> size.check(4, false)).hasMessageContaining("exceeds");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "not JSON",
                "{'expiration':'2026-11-27T12:00:00Z'}",
                "{'conditions':[]}",
                "{'expiration':'tomorrow','conditions':[]}",
                "{'EXPIRATION':'2026-11-27T12:00:00Z','conditions':[]}",
                "{'expiration':'2026-11-27T12:00:00Z','conditions':[{}]}",
                "{'expiration':'2026-11-27T12:00:00Z','conditions':['a']}",
                "{'expiration':'2026-11-27T12:00:00Z','conditions':[['eq','key','a']]}",
                "{'expiration':'2026-11-27T12:00:00Z','conditions':[['like','$key','a']]}",
                "{'expiration':'2026-11-27T12:00:00Z','conditions':[{'key':1}]}",
                "{'expiration':'2026-11-27T12:00:00Z','conditions':[['content-length-range',5,1]]}",
                "{'expiration':'2026-11-27T12:00:00Z','conditions':[['content-length-range',1]]}",
                "{'expiration':'2026-11-27T12:00:00Z','conditions':[]} {}",
                "{'expiration':'2026-11-27T12:00:00Z','conditions':[],'conditions':[]}"
            })
    void malformedPolicy_isRefused(String json) {
        assertThatThrownBy(() -> PostPolicy.parse(base64(json)))
                .isInstanceOfSatisfying(
                        S3ErrorException.class, e -> assertThat(e.code().id()).isEqualTo("InvalidPolicyDocument"));
    }

    @Test
    void deeplyNestedPolicy_isRefused() {
        assertThatThrownBy(() -> PostPolicy.parse(base64("[".repeat(10_000)))).isInstanceOf(S3ErrorException.class);
    }

    @Test
    void fieldsBeforeTheFile_areBounded() {
        assertThatThrownBy(() -> form(part("a", "x".repeat(10 << 10)), part("b", "x".repeat(11 << 10))))
                .isInstanceOfSatisfying(
                        S3ErrorException.class,
                        e -> assertThat(e.code().id()).isEqualTo("MaxPostPreDataLengthExceededError"));
    }

    @Test
    void formWithoutFile_orWithAFieldTwice_isRefused() {
        assertThatThrownBy(() -> form(part("key", "a"))).hasMessageContaining("exactly one file");
        assertThatThrownBy(() -> form(part("key", "a"), part("Key", "b"))).hasMessageContaining("twice");
    }

    private static PostedForm form(PostedPart... parts) throws Exception {
        Iterator<PostedPart> left = List.of(parts).iterator();
        FormOpener forms = (body, type, max) -> () ->
                Stream.of(left).filter(Iterator::hasNext).map(Iterator::next).findFirst();
        return PostedForm.read(forms, new ByteArrayInputStream(new byte[0]), "multipart/form-data; boundary=b");
    }

    private static PostedPart part(String name, String value) {
        return new PostedPart(name, Optional.empty(), new ByteArrayInputStream(value.getBytes(UTF_8)));
    }

    private static PostPolicy policy(String conditions) {
        return PostPolicy.parse(base64("{'expiration':'" + END + "','conditions':[" + conditions + "]}"));
    }

    private static String base64(String json) {
        return Base64.getEncoder().encodeToString(json.replace('\'', '"').getBytes(UTF_8));
    }
}
