package dev.stowage.core.multipart;

import dev.stowage.core.error.ErrorCode;
import dev.stowage.core.error.InvalidInput;
import java.util.Map;

/**
 * The number of a part, which determines its place in the upload.
 *
 * @param value 1 to 10000
 */
public record PartNumber(int value) implements Comparable<PartNumber> {

    /** The highest part number, and therefore the maximum number of parts. */
    public static final int MAX = 10_000;

    /** @throws InvalidInput when the number is outside 1 to 10000 */
    public PartNumber {
        if (value < 1 || value > MAX) {
            throw outside(value);
        }
    }

    /**
     * Returns the number in decimal digits.
     *
     * @throws InvalidInput when it is no integer, or outside 1 to 10000
     */
    public static PartNumber parse(String text) {
        try {
            return new PartNumber(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw text.matches("[+-]?[0-9]{1,100}")
                    ? outside(text)
                    : InvalidInput.ofField("part_number", "part_number must be an integer");
        }
    }

    private static InvalidInput outside(Object number) {
        return new InvalidInput(
                ErrorCode.INVALID_PART_NUMBER,
                "A part number must be between 1 and " + MAX + ", not " + number,
                Map.of("part_number", number));
    }

    @Override
    public int compareTo(PartNumber other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
