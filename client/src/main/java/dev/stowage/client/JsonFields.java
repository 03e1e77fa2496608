package dev.stowage.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The fields of a JSON object in a response. Fields that this version does not know are ignored, because the API may add some. */
record JsonFields(JsonNode node) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** @throws StowageException when it is not a JSON object */
    static JsonFields ofAnswer(JsonNode body) {
        if (!body.isObject()) {
            throw StowageException.unexpected(
                    "The response is not a JSON object; is this the address of a Stowage service?");
        }
        return new JsonFields(body);
    }

    /** Returns a missing node when the text is not JSON. */
    static JsonNode parse(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    Optional<String> optionalText(String name) {
        JsonNode value = node.path(name);
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    long number(String name) {
        JsonNode value = node.path(name);
        if (!value.isNumber()) {
            throw missing(name);
        }
        return value.longValue();
    }

    OptionalLong optionalNumber(String name) {
        JsonNode value = node.path(name);
        return value.isNumber() ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
    }

    double decimal(String name) {
        return node.path(name).asDouble();
    }

    boolean flag(String name) {
        return node.path(name).asBoolean();
    }

    Instant time(String name) {
        return optionalTime(name).orElseThrow(() -> missing(name));
    }

    Optional<Instant> optionalTime(String name) {
        try {
            return optionalText(name).map(Instant::parse);
        } catch (DateTimeException e) {
            throw StowageException.unexpected("The field " + name + " of the response is not a time");
        }
    }

    /** Returns an empty list when the field is missing or null. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        node.path(name).forEach(value -> texts.add(value.asText()));
        return List.copyOf(texts);
    }

    <T> List<T> list(String name, Function<JsonFields, T> element) {
        List<T> elements = new ArrayList<>();
        node.path(name).forEach(value -> elements.add(element.apply(new JsonFields(value))));
        return List.copyOf(elements);
    }

    Map<String, String> map(String name) {
        Map<String, String> values = new LinkedHashMap<>();
        node.path(name)
                .properties()
                .forEach(field -> values.put(field.getKey(), field.getValue().asText()));
        return values;
    }

    /** Returns the fields of an object that are not null: texts, numbers, booleans, lists of texts, and maps of these. */
    Map<String, Object> values(String name) {
        return values(node.path(name));
    }

    private static Map<String, Object> values(JsonNode object) {
        Map<String, Object> values = new LinkedHashMap<>();
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isObject()) {
                values.put(field.getKey(), values(value));
            } else if (value.isArray()) {
                values.put(field.getKey(), new JsonFields(object).texts(field.getKey()));
            } else if (value.isBoolean()) {
                values.put(field.getKey(), value.booleanValue());
            } else if (value.isNumber()) {
                values.put(field.getKey(), value.longValue());
            } else if (!value.isNull()) {
                values.put(field.getKey(), value.asText());
            }
        });
        return values;
    }

    /**
     * Adds fields to an object.
     *
     * @throws IllegalArgumentException when a value is no text, whole number, boolean, list or map
     */
    static void put(ObjectNode json, Map<?, ?> values) {
        values.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (value instanceof String text) {
                json.put(name, text);
            } else if (value instanceof Boolean flag) {
                json.put(name, flag);
            } else if (value instanceof Integer || value instanceof Long) {
                json.put(name, ((Number) value).longValue());
            } else if (value instanceof List<?> list) {
                ArrayNode array = json.putArray(name);
                list.forEach(element -> array.add(String.valueOf(element)));
            } else if (value instanceof Map<?, ?> map) {
                put(json.putObject(name), map);
            } else {
                throw new IllegalArgumentException(
                        name + " is a " + value.getClass().getSimpleName());
            }
        });
    }

    /** Returns nothing when the field is missing or null. */
    Optional<JsonFields> optionalObject(String name) {
        JsonNode value = node.path(name);
        return value.isObject() ? Optional.of(new JsonFields(value)) : Optional.empty();
    }

    JsonFields object(String name) {
        return new JsonFields(node.path(name));
    }

    private static StowageException missing(String name) {
        return StowageException.unexpected("The response has no valid field " + name);
    }
}
