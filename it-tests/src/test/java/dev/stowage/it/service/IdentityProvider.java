package dev.stowage.it.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A small OpenID Connect provider with one client and one person, for browsers: discovery, the authorization code flow with PKCE (RFC
 * 7636), refresh tokens that are valid once, revocation and sign-out. It refuses what a strict provider would. Everything secret that it
 * has issued or was sent is kept, to be looked for where it must not be.
 */
public final class IdentityProvider implements AutoCloseable {

    /** The only client. */
    public static final String CLIENT = "console";

    /** The {@code aud} of access tokens. */
    public static final String AUDIENCE = "stowage";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int KEY_BITS = 2048;
    private static final int HOUR = 3600;
    private static final int FOUND = 302;

    private final HttpServer server;
    private final KeyPair keys;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private volatile Map<String, String> policy = Map.of();

    private IdentityProvider(HttpServer server, KeyPair keys) {
        this.server = server;
        this.keys = keys;
    }

    /** Starts on a free port of this machine. */
    public static IdentityProvider start() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        IdentityProvider provider = new IdentityProvider(server, generator.generateKeyPair());
        server.createContext("/", provider::answer);
        server.start();
        return provider;
    }

    /** The issuer identifier. */
    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realm";
    }

    /** The origin of the token endpoint, which is not that of the issuer. */
    public String tokenOrigin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Codes, verifiers and tokens so far. */
    public Set<String> secrets() {
        return Set.copyOf(secrets);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
            Map<String, String> body =
                    form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            switch (exchange.getRequestURI().getPath()) {
                case "/realm/.well-known/openid-configuration" -> json(exchange, discovery());
                case "/realm/jwks" -> json(exchange, Map.of("keys", List.of(key())));
                case "/realm/authorize" -> authorize(exchange, query);
                case "/realm/token" -> token(exchange, body);
                case "/realm/revoke" -> {
                    refreshTokens.remove(body.get("token"));
                    json(exchange, Map.of());
                }
                case "/realm/end" -> redirect(exchange, query.getOrDefault("post_logout_redirect_uri", issuer()));
                case "/policy" -> {
                    // Of the tokens from now on: their lifetime, and whether there are refresh tokens.
                    policy = query;
                    json(exchange, Map.of("refresh_tokens", refreshTokens.size()));
                }
                default -> exchange.sendResponseHeaders(404, -1);
            }
        } catch (RuntimeException e) {
            throw new IOException("the provider failed", e);
        }
    }

    private Map<String, Object> discovery() {
        String issuer = issuer();
        return Map.of(
                "issuer", issuer,
                "authorization_endpoint", issuer + "/authorize",
                "token_endpoint", tokenOrigin() + "/realm/token",
                "revocation_endpoint", issuer + "/revoke",
                "end_session_endpoint", issuer + "/end",
                "jwks_uri", issuer + "/jwks",
                "response_types_supported", List.of("code"));
    }

    /** A page on which the person agrees or refuses. */
    private void authorize(HttpExchange exchange, Map<String, String> query) throws IOException {
        boolean valid = CLIENT.equals(query.get("client_id"))
                && "code".equals(query.get("response_type"))
                && "S256".equals(query.get("code_challenge_method"))
                && AUDIENCE.equals(query.get("audience"))
                && query.getOrDefault("redirect_uri", "").endsWith("/console/callback")
                && List.of(query.getOrDefault("scope", "").split(" ", -1)).contains("openid");
        if (!valid) {
            send(exchange, 400, "text/plain", "not a valid request: " + query.keySet());
            return;
        }
        String code = secret();
        codes.put(code, query);
        String state = query.getOrDefault("state", "");
        String back = query.getOrDefault("redirect_uri", "");
        String agreed = target(back, Map.of("code", code, "state", state));
        String refused = target(
                back, Map.of("error", "access_denied", "error_description", "<b>Ada refused</b>", "state", state));
        send(
                exchange,
                200,
                "text/html",
                "<title>Provider</title><a href='" + agreed.replace("&", "&amp;") + "'>Continue as Ada</a> <a href='"
                        + refused.replace("&", "&amp;") + "'>Refuse</a>");
    }

    private void token(HttpExchange exchange, Map<String, String> body) throws IOException {
        secrets.add(body.getOrDefault("code_verifier", "none"));
        Map<String, String> request =
                Optional.ofNullable(codes.remove(body.getOrDefault("code", ""))).orElse(Map.of());
        boolean byCode = "authorization_code".equals(body.get("grant_type"))
                && !request.isEmpty()
                && Objects.equals(request.get("redirect_uri"), body.get("redirect_uri"))
                && Objects.equals(request.get("code_challenge"), challenge(body.getOrDefault("code_verifier", "")));
        boolean byRefresh = "refresh_token".equals(body.get("grant_type"))
                && refreshTokens.remove(body.getOrDefault("refresh_token", ""));
        if (!CLIENT.equals(body.get("client_id")) || !(byCode || byRefresh)) {
            send(exchange, 400, "application/json", "{\"error\":\"invalid_grant\"}");
            return;
        }
        int lifetime = Integer.parseInt(policy.getOrDefault("lifetime", Integer.toString(HOUR)));
        Map<String, Object> tokens = new LinkedHashMap<>();
        tokens.put("token_type", "Bearer");
        tokens.put("expires_in", lifetime);
        tokens.put("access_token", token(AUDIENCE, lifetime, request));
        tokens.put("id_token", token(CLIENT, lifetime, request));
        if (!"no".equals(policy.get("refresh"))) {
            String refresh = secret();
            refreshTokens.add(refresh);
            tokens.put("refresh_token", refresh);
        }
        json(exchange, tokens);
    }

    private String token(String audience, int lifetime, Map<String, String> request) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer());
        claims.put("aud", audience);
        claims.put("sub", "ada");
        claims.put("name", "Ada");
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now);
        claims.put("exp", now + lifetime);
        claims.put("stowage_projects", List.of("demo"));
        claims.put("stowage_actions", List.of("read", "write"));
        if (request.containsKey("nonce")) {
            claims.put("nonce", request.get("nonce"));
        }
        String content = encoded(Map.of("alg", "RS256", "kid", "1")) + "." + encoded(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            String token = content + "." + BASE64.encodeToString(signature.sign());
            secrets.add(token);
            return token;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("can't sign", e);
        }
    }

    private Map<String, String> key() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return Map.of(
                "kty", "RSA",
                "use", "sig",
                "alg", "RS256",
                "kid", "1",
                "n", number(key.getModulus()),
                "e", number(key.getPublicExponent()));
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return BASE64.encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    private static String challenge(String verifier) {
        try {
            return BASE64.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private String secret() {
        String secret = UUID.randomUUID().toString();
        secrets.add(secret);
        return secret;
    }

    private static String encoded(Map<String, ?> values) {
        return BASE64.encodeToString(text(values).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Map<String, ?> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't write JSON", e);
        }
    }

    private static Map<String, String> form(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        if (text == null || text.isEmpty()) {
            return values;
        }
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return values;
    }

    private static String target(String url, Map<String, String> query) {
        StringBuilder target = new StringBuilder(url);
        String separator = "?";
        for (Map.Entry<String, String> pair : query.entrySet()) {
            target.append(separator)
                    .append(pair.getKey())
                    .append('=')
                    .append(URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8));
            separator = "&";
        }
        return target.toString();
    }

    private static void redirect(HttpExchange exchange, String url) throws IOException {
        exchange.getResponseHeaders().set("Location", url);
        exchange.sendResponseHeaders(FOUND, -1);
    }

    private static void json(HttpExchange exchange, Map<String, ?> values) throws IOException {
        send(exchange, 200, "application/json", text(values));
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
