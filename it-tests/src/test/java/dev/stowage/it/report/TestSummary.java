package dev.stowage.it.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A summary of all tests of a build: how many ran, how many were skipped, and why. Maven reports the numbers by module and
 * never the reasons, so that a test that is skipped everywhere looks like one that passes.
 */
final class TestSummary {

    private static final String TEST_CASE = "testcase";
    private static final String SKIPPED = "skipped";

    private int tests;
    private int skipped;
    private final Map<String, Integer> reasons = new TreeMap<>();

    private TestSummary() {}

    /**
     * Prints the summary.
     *
     * @param arguments the project's folder, and the start of the build as an ISO 8601 instant: older reports are ignored
     */
    public static void main(String[] arguments) throws IOException, XMLStreamException {
        System.out.println(of(Path.of(arguments[0]), Instant.parse(arguments[1])));
    }

    static String of(Path project, Instant start) throws IOException, XMLStreamException {
        TestSummary summary = new TestSummary();
        for (Path report : reports(project)) {
            if (!Files.getLastModifiedTime(report).toInstant().isBefore(start)) {
                summary.add(report);
            }
        }
        return summary.line();
    }

    private static List<Path> reports(Path project) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> modules = Files.list(project)) {
            for (Path module : modules.toList()) {
                for (String plugin : List.of("surefire-reports", "failsafe-reports")) {
                    Path folder = module.resolve("target").resolve(plugin);
                    if (Files.isDirectory(folder)) {
                        try (Stream<Path> files = Files.list(folder)) {
                            files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                                    .forEach(found::add);
                        }
                    }
                }
            }
        }
        return found;
    }

    private void add(Path report) throws IOException, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (var in = Files.newInputStream(report)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    count(xml);
                }
            }
        }
    }

    private void count(XMLStreamReader element) throws XMLStreamException {
        if (element.getLocalName().equals(TEST_CASE)) {
            tests++;
        } else if (element.getLocalName().equals(SKIPPED)) {
            skipped++;
            String message = element.getAttributeValue(null, "message");
            reasons.merge(reason(message == null ? element.getElementText() : message), 1, Integer::sum);
        }
    }

    /** The reason in a skipped test's exception: JUnit puts class names before it, and the stack trace after. */
    private static String reason(String message) {
        String first = message.strip().lines().findFirst().orElse("no reason given");
        return first.replaceFirst("^\\S*TestAbortedException: ", "").replaceFirst("^Assumption failed: ", "");
    }

    private String line() {
        String why = reasons.entrySet().stream()
                .map(reason -> reason.getValue() + " because " + reason.getKey())
                .collect(Collectors.joining("; "));
        return "Tests: %d run, %d skipped%s".formatted(tests - skipped, skipped, skipped == 0 ? "" : ": " + why);
    }
}
