package dev.stowage.s3;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthScheme;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * Signature Version 4 that signs bodies always or never.
 *
 * <p>The SDK's signer decides by the protocol: over http it signs the body in any case, over https it does not. To never sign,
 * the signer is given an https request; the protocol itself is not signed.
 */
final class SigningScheme implements AuthScheme<AwsCredentialsIdentity> {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final AwsV4AuthScheme standard = AwsV4AuthScheme.create();
    private final boolean signPayload;

    SigningScheme(boolean signPayload) {
        this.signPayload = signPayload;
    }

    @Override
    public String schemeId() {
        return AwsV4AuthScheme.SCHEME_ID;
    }

    @Override
    public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
        return standard.identityProvider(providers);
    }

    @Override
    public HttpSigner<AwsCredentialsIdentity> signer() {
        return new Signer(standard.signer(), signPayload);
    }

    private record Signer(AwsV4HttpSigner standard, boolean signPayload) implements HttpSigner<AwsCredentialsIdentity> {

        @Override
        public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
            return signPayload ? signedPayload(request) : unsignedPayload(request);
        }

        private <I extends AwsCredentialsIdentity> SignedRequest signedPayload(SignRequest<I> request) {
            return standard.sign(request.toBuilder()
                    .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                    .build());
        }

        private <I extends AwsCredentialsIdentity> SignedRequest unsignedPayload(SignRequest<I> request) {
            SdkHttpRequest original = request.request();
            // The host header, which is signed, omits the default port of a protocol.
            int port = original.port() == HTTP_PORT ? HTTPS_PORT : original.port();
            SignedRequest signed = standard.sign(request.toBuilder()
                    .request(original.toBuilder().protocol("https").port(port).build())
                    .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                    .build());
            return signed.toBuilder()
                    .request(signed.request().toBuilder()
                            .protocol(original.protocol())
                            .port(original.port())
                            .build())
                    .build();
        }

        @Override
        public CompletableFuture<AsyncSignedRequest> signAsync(
                AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
            return CompletableFuture.failedFuture(
                    new UnsupportedOperationException("only synchronous clients are used"));
        }
    }
}
