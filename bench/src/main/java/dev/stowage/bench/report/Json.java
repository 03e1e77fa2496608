package dev.stowage.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.stowage.bench.measure.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Results as JSON files. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /** The results in a file; none when it does not exist. */
    public static List<Result> read(Path file) throws IOException {
        return Files.exists(file) ? MAPPER.readValue(file.toFile(), new TypeReference<>() {}) : List.of();
    }

    /** Writes results to a file, replacing those of the same name. */
    public static List<Result> merge(Path file, List<Result> results) throws IOException {
        List<String> names = results.stream().map(Result::name).toList();
        List<Result> all = new ArrayList<>(read(file));
        all.removeIf(old -> names.contains(old.name()));
        all.addAll(results);
        Files.writeString(file, text(all));
        return all;
    }

    private static String text(List<Result> results) throws JsonProcessingException {
        return MAPPER.writeValueAsString(results) + "\n";
    }
}
