package dev.stowage.s3api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.config.Secret;
import dev.stowage.s3api.error.S3ErrorException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormClaimTest {

    private static final Instant SIGNED = Instant.parse("2026-11-27T11:27:14Z");
    private static final Secret SECRET = new Secret("x".repeat(40));

    /** A policy as boto3's {@code generate_presigned_post} writes it. */
    private static final String POLICY = "eyJleHBpcmF0aW9uIjogIjIwMjYtMTEtMjdUMTI6Mjc6MTRaIiwgImNvbmRpdGlvbnMiOiBbey"
            + "JidWNrZXQiOiAiYiJ9LCB7ImtleSI6ICJrIn0sIHsieC1hbXotYWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwgeyJ4LWF"
            + "tei1jcmVkZW50aWFsIjogImFiY2RlZmdoaWprbC8yMDI2MTEyNy9zdG93YWdlL3MzL2F3czRfcmVxdWVzdCJ9LCB7IngtYW16LWRh"
            + "dGUiOiAiMjAyNjExMjdUMTEyNzE0WiJ9XX0=";

    /** What boto3 has made of it. */
    private static final Map<String, String> FOURTH = Map.of(
            "policy", POLICY,
            "x-amz-algorithm", "AWS4-HMAC-SHA256",
            "x-amz-credential", "abcdefghijkl/20261127/stowage/s3/aws4_request",
            "x-amz-date", "20261127T112714Z",
            "x-amz-signature", "b3c42c56526878920ce53c1b0ce883dfd514d9b9bdead95f8571372a3f1e6f10");

    private static final Map<String, String> SECOND =
            Map.of("policy", POLICY, "awsaccesskeyid", "abcdefghijkl", "signature", "qgfk7XeLE/Gz170Got9selhcJUM=");

    @Test
    void signatureOfBoto3_isThatOfTheSecret() {
        for (Map<String, String> fields : List.of(FOURTH, SECOND)) {
            FormClaim claim = FormClaim.of(fields).orElseThrow();

            assertThat(claim.accessKeyId()).isEqualTo("abcdefghijkl");
            assertThat(claim.isSignedWith(SECRET)).isTrue();
            assertThat(claim.isSignedWith(new Secret("y".repeat(40)))).isFalse();
            assertThat(FormClaim.of(with(fields, "policy", POLICY.replace("Ijog", "Ijoh")))
                            .orElseThrow()
                            .isSignedWith(SECRET))
                    .isFalse();
        }
    }

    @Test
    void signature_isGoodForSevenDays() {
        FormClaim claim = FormClaim.of(FOURTH).orElseThrow();

        assertThatCode(() -> claim.checkTime(SIGNED.plus(Duration.ofDays(7)).minusSeconds(1), Duration.ZERO))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> claim.checkTime(SIGNED.plus(Duration.ofDays(7)), Duration.ZERO))
                .isInstanceOf(S3ErrorException.class);
        assertThatThrownBy(() -> claim.checkTime(SIGNED.minusSeconds(1), Duration.ZERO))
                .isInstanceOf(S3ErrorException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-algorithm, AWS4-ECDSA-P256-SHA256, InvalidArgument",
        "x-amz-credential, abcdefghijkl, InvalidArgument",
        "x-amz-date, yesterday, InvalidArgument",
        "x-amz-signature, '', InvalidArgument",
        "x-amz-security-token, t, InvalidToken"
    })
    void malformedSignature_isRefused(String field, String value, String code) {
        assertThatThrownBy(() -> FormClaim.of(with(FOURTH, field, value)))
                .isInstanceOfSatisfying(
                        S3ErrorException.class, e -> assertThat(e.code().id()).isEqualTo(code));
    }

    @Test
    void formWithoutPolicy_claimsNothing() {
        assertThat(FormClaim.of(with(FOURTH, "policy", ""))).isEmpty();
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> changed = new HashMap<>(fields);
        changed.put(name, value);
        return changed;
    }
}
