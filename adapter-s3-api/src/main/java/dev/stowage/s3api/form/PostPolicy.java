package dev.stowage.s3api.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The policy of a form: what may be uploaded with it, and until when (Amazon S3 API Reference, "POST policy").
 *
 * @param conditions on fields; unmodifiable
 * @param size the limits on the size of the file
 */
public record PostPolicy(Instant expiration, List<Condition> conditions, Optional<SizeRange> size) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String STARTS_WITH = "starts-with";
    private static final String SIZE = "content-length-range";
    private static final String CONTENT_TYPE = "content-type";

    /** The fields that no condition need be about; what a signature is made of is checked by itself. */
    private static final List<String> FREE =
            List.of("policy", "signature", "x-amz-signature", "awsaccesskeyid", PostedForm.FILE);

    /** The beginnings of further ones. A checksum only restricts what is accepted. */
    private static final List<String> FREE_PREFIXES = List.of("x-ignore-", "x-amz-checksum-");

    /**
     * A condition on a field.
     *
     * @param field in lower case
     * @param isPrefix whether {@code value} is only the beginning
     */
    record Condition(String field, boolean isPrefix, String value) {

        /** A list of media types fulfills a condition if each of them does. */
        boolean isMetBy(String actual) {
            if (!isPrefix) {
                return actual.equals(value);
            }
            return field.equals(CONTENT_TYPE)
                    ? Arrays.stream(actual.split(",", -1))
                            .allMatch(type -> type.strip().startsWith(value))
                    : actual.startsWith(value);
        }
    }

    /**
     * The limits on the size of a file, in bytes.
     *
     * @param min inclusive
     * @param max inclusive
     */
    public record SizeRange(long min, long max) {

        /**
         * Checks the size of a file while it is read.
         *
         * @param complete whether it is the whole file
         * @throws S3ErrorException when the file is too large, or too small
         */
        public void check(long bytes, boolean complete) {
            if (bytes > max) {
                throw limit(S3ErrorCode.ENTITY_TOO_LARGE, "Your proposed upload exceeds the maximum allowed size");
            }
            if (complete && bytes < min) {
                throw limit(
                        S3ErrorCode.ENTITY_TOO_SMALL, "Your proposed upload is smaller than the minimum allowed size");
            }
        }

        private S3ErrorException limit(S3ErrorCode code, String message) {
            return new S3ErrorException(code, message)
                    .with("MinSizeAllowed", Long.toString(min))
                    .with("MaxSizeAllowed", Long.toString(max));
        }
    }

    public PostPolicy {
        conditions = List.copyOf(conditions);
    }

    /**
     * Parses the value of the field {@code policy}.
     *
     * @throws S3ErrorException when it is not base64 of a policy
     */
    public static PostPolicy parse(String base64) {
        JsonNode root;
        try {
            root = JSON.readTree(Base64.getMimeDecoder().decode(base64));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw malformed("it is not JSON in base64");
        } catch (IOException e) {
            throw new IllegalStateException("an array can be read", e);
        }
        JsonNode list = root.path("conditions");
        if (!list.isArray()) {
            throw malformed("it has no list of conditions");
        }
        List<Condition> conditions = new ArrayList<>();
        Optional<SizeRange> size = Optional.empty();
        for (JsonNode item : list) {
            if (item.isObject()) {
                addEqual(item, conditions);
            } else if (item.path(0).asText().toLowerCase(Locale.ROOT).equals(SIZE)) {
                size = Optional.of(size(item));
            } else {
                conditions.add(condition(item));
            }
        }
        return new PostPolicy(expiration(root), conditions, size);
    }

    /**
     * Checks the fields of a form.
     *
     * @param objectName the name of the object, with the name of the file in it
     * @throws S3ErrorException when the policy has expired, a condition is not met, or there is none on a field
     */
    public void check(PostedForm form, String bucket, String objectName, Instant now) {
        if (!now.isBefore(expiration)) {
            throw denied("Policy expired.");
        }
        for (Condition condition : conditions) {
            String actual = switch (condition.field()) {
                case "bucket" -> bucket;
                case "key" -> objectName;
                default -> form.field(condition.field()).orElse("");
            };
            if (!condition.isMetBy(actual)) {
                throw denied("Policy Condition failed: [\"" + (condition.isPrefix() ? STARTS_WITH : "eq") + "\", \"$"
                        + condition.field() + "\", \"" + condition.value() + "\"]");
            }
        }
        requireCondition("bucket");
        form.fields().keySet().stream().filter(PostPolicy::needsCondition).forEach(this::requireCondition);
    }

    private void requireCondition(String field) {
        if (conditions.stream().noneMatch(condition -> condition.field().equals(field))) {
            throw denied("Extra input fields: " + field);
        }
    }

    private static boolean needsCondition(String field) {
        return !FREE.contains(field) && FREE_PREFIXES.stream().noneMatch(field::startsWith);
    }

    private static Instant expiration(JsonNode root) {
        try {
            return Instant.parse(root.path("expiration").asText());
        } catch (DateTimeParseException e) {
            throw malformed("its expiration is missing, or not of the form 2026-01-01T00:00:00Z");
        }
    }

    private static void addEqual(JsonNode item, List<Condition> conditions) {
        if (item.isEmpty()) {
            throw malformed("a condition is empty");
        }
        for (Map.Entry<String, JsonNode> field : item.properties()) {
            conditions.add(new Condition(field.getKey().toLowerCase(Locale.ROOT), false, text(field.getValue())));
        }
    }

    private static Condition condition(JsonNode item) {
        String operator = item.path(0).asText().toLowerCase(Locale.ROOT);
        String field = item.path(1).asText();
        boolean known = item.size() == 3 && List.of("eq", STARTS_WITH).contains(operator) && field.startsWith("$");
        if (!known) {
            throw malformed("a condition is neither an object, nor [\"eq\" or \"starts-with\", \"$field\", \"value\"],"
                    + " nor [\"content-length-range\", min, max]");
        }
        return new Condition(
                field.substring(1).toLowerCase(Locale.ROOT), operator.equals(STARTS_WITH), text(item.path(2)));
    }

    private static SizeRange size(JsonNode item) {
        try {
            long min = Long.parseLong(item.path(1).asText());
            long max = Long.parseLong(item.path(2).asText());
            if (item.size() == 3 && min >= 0 && min <= max) {
                return new SizeRange(min, max);
            }
        } catch (NumberFormatException e) {
            throw malformed("the limits in content-length-range are not numbers");
        }
        throw malformed("content-length-range must have a minimum and a maximum");
    }

    private static String text(JsonNode value) {
        if (!value.isTextual()) {
            throw malformed("the value of a condition is not text");
        }
        return value.asText();
    }

    private static S3ErrorException malformed(String why) {
        return new S3ErrorException(S3ErrorCode.INVALID_POLICY_DOCUMENT, "Invalid Policy: " + why);
    }

    private static S3ErrorException denied(String why) {
        return new S3ErrorException(S3ErrorCode.ACCESS_DENIED, "Invalid according to Policy: " + why);
    }
}
