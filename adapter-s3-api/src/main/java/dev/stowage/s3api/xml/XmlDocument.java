package dev.stowage.s3api.xml;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A document that is written, such as the page of a listing; it is small enough for memory. For one thread. */
public final class XmlDocument {

    /** The id and name of the owner of everything. The service has no accounts. */
    public static final String OWNER_ID = "stowage";

    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private final XMLStreamWriter writer;

    private XmlDocument(XMLStreamWriter writer) {
        this.writer = writer;
    }

    /**
     * Returns a document in the namespace of S3.
     *
     * @param content writes what is in the root element
     */
    public static byte[] of(String root, Consumer<XmlDocument> content) {
        return write(root, true, content);
    }

    /** Returns a document without a namespace, as errors are. */
    public static byte[] plain(String root, Consumer<XmlDocument> content) {
        return write(root, false, content);
    }

    private static byte[] write(String root, boolean namespace, Consumer<XmlDocument> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter writer =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            writer.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            writer.writeStartElement(root);
            if (namespace) {
                writer.writeDefaultNamespace(NAMESPACE);
            }
            content.accept(new XmlDocument(writer));
            writer.writeEndElement();
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
        return bytes.toByteArray();
    }

    /** Writes an element with text. */
    public XmlDocument text(String name, String text) {
        try {
            writer.writeStartElement(name);
            writer.writeCharacters(valid(text));
            writer.writeEndElement();
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
        return this;
    }

    /** Writes an element with a number. */
    public XmlDocument text(String name, long number) {
        return text(name, Long.toString(number));
    }

    /** Writes an element with {@code true} or {@code false}. */
    public XmlDocument text(String name, boolean flag) {
        return text(name, Boolean.toString(flag));
    }

    /**
     * Writes an element.
     *
     * @param content writes what is in it
     */
    public XmlDocument element(String name, Consumer<XmlDocument> content) {
        try {
            writer.writeStartElement(name);
            content.accept(this);
            writer.writeEndElement();
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
        return this;
    }

    /** Writes an attribute of the element that was just begun. */
    public XmlDocument attribute(String name, String value) {
        try {
            writer.writeAttribute(name, value);
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
        return this;
    }

    /** Writes the owner of everything, whom clients expect in some places. */
    public XmlDocument owner(String name) {
        return element(name, owner -> owner.text("ID", OWNER_ID).text("DisplayName", OWNER_ID));
    }

    /** XML 1.0 has no way to write some characters; clients that may meet them ask for {@code encoding-type=url}. */
    private static String valid(String text) {
        StringBuilder valid = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean illegal = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF;
            if (illegal) {
                valid = valid == null ? new StringBuilder(text) : valid;
                valid.setCharAt(i, '\uFFFD');
            }
        }
        return valid == null ? text : valid.toString();
    }

    private static IllegalStateException unexpected(XMLStreamException e) {
        return new IllegalStateException("a document in memory can be written", e);
    }
}
