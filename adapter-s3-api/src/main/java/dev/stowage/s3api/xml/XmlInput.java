package dev.stowage.s3api.xml;

import dev.stowage.s3api.error.S3ErrorCode;
import dev.stowage.s3api.error.S3ErrorException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A document that is read from a request, element by element, so that only what the caller keeps takes memory. Document types and entities
 * are refused. Every method throws {@link S3ErrorException} {@code MalformedXML} when the document is not as expected. For one thread.
 */
public final class XmlInput {

    /** The most characters of one element's text: more than a key or an upload id has. */
    private static final int MAX_TEXT = 8 << 10;

    /** The most elements within each other; no document of S3 has half as many. */
    private static final int MAX_DEPTH = 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final XMLStreamReader reader;
    private final String shape;
    private boolean inElement;
    private int depth;

    private XmlInput(XMLStreamReader reader, String shape) {
        this.reader = reader;
        this.shape = shape;
    }

    /** Reads a child element. */
    @FunctionalInterface
    public interface Child {

        /** Called at the beginning of an element; what it does not read is skipped. */
        void read(String name);
    }

    /**
     * Reads a whole document, and its stream to the end.
     *
     * @param body read, and not closed
     * @param maxBytes the maximum size of the document
     * @param root the name of the root element
     * @param shape describes the document, for the error
     */
    public static void read(InputStream body, long maxBytes, String root, String shape, Consumer content) {
        XmlBytes bounded = new XmlBytes(body, maxBytes, () -> malformed(shape));
        try {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
            XMLStreamReader reader = factory.createXMLStreamReader(utf8(bounded));
            XmlInput input = new XmlInput(reader, shape);
            input.children(name -> {
                if (!name.equals(root)) {
                    throw malformed(shape);
                }
                content.read(input);
            });
            while (bounded.read() >= 0) {
                // What follows the document is only white space; its digests are checked at the end.
            }
        } catch (XMLStreamException | IOException e) {
            throw malformed(shape);
        }
    }

    /** The parser itself would write to standard error about malformed bytes. It does not expect a byte order mark in a reader. */
    private static Reader utf8(InputStream bytes) throws IOException {
        BufferedReader text = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }

    /** Reads the content of the root element. */
    @FunctionalInterface
    public interface Consumer {
        /** Called once, within the root element. */
        void read(XmlInput input);
    }

    /** Calls {@code child} for each child of the current element. */
    public void children(Child child) {
        for (int event = next(); ; event = next()) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    inElement = true;
                    child.read(reader.getLocalName());
                    if (inElement) {
                        children(unknown -> {});
                    }
                }
                case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
                    inElement = false;
                    return;
                }
                default -> {
                    // Text between elements, comments, and processing instructions.
                }
            }
        }
    }

    /** Returns the text of the current element. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
            if (event == XMLStreamConstants.CHARACTERS
                    || event == XMLStreamConstants.CDATA
                    || event == XMLStreamConstants.SPACE) {
                text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
            } else if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_DOCUMENT) {
                throw malformed(shape);
            }
            if (text.length() > MAX_TEXT) {
                throw malformed(shape);
            }
        }
        inElement = false;
        return text.toString();
    }

    private int next() {
        try {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
            if (depth > MAX_DEPTH || event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw malformed(shape);
            }
            return event;
        } catch (XMLStreamException e) {
            throw malformed(shape);
        }
    }

    private static S3ErrorException malformed(String shape) {
        return new S3ErrorException(
                S3ErrorCode.MALFORMED_XML, "The body is not well-formed, too large, or not of the form " + shape);
    }
}
