package dev.fovea.space;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A packet of XMP (ISO 16684-1): simple properties by namespace and name. Written as attributes of a description; read also where they are
 * elements. What a file's author chose to refer to outside of it is never followed.
 */
final class Xmp {
    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final String META = "adobe:ns:meta/";
    private static final String XMLNS = "http://www.w3.org/2000/xmlns/";

    /** More elements of one name are no picture's. */
    private static final int MOST = 100;

    private final Document document;

    private Xmp(Document document) {
        this.document = document;
    }

    /** An empty packet. */
    static Xmp empty() {
        Document document = parser().newDocument();
        Element meta = document.createElementNS(META, "x:xmpmeta");
        document.appendChild(meta);
        meta.appendChild(document.createElementNS(RDF, "rdf:RDF"));
        return new Xmp(document);
    }

    /** A packet from its bytes; empty if it is not well formed. */
    static Optional<Xmp> parse(byte[] packet) {
        try {
            DocumentBuilder parser = parser();
            parser.setErrorHandler(null);
            return Optional.of(new Xmp(parser.parse(new ByteArrayInputStream(trimmed(packet)))));
        } catch (SAXException | IOException e) {
            return Optional.empty();
        }
    }

    /** Some writers end a packet with a zero. */
    private static byte[] trimmed(byte[] packet) {
        int end = packet.length;
        while (end > 0 && packet[end - 1] == 0) {
            end--;
        }
        return java.util.Arrays.copyOf(packet, end);
    }

    private static DocumentBuilder parser() {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            // depth is one attribute of many megabytes
            factory.setAttribute("jdk.xml.maxGeneralEntitySizeLimit", "0");
            factory.setAttribute("jdk.xml.totalEntitySizeLimit", "0");
            factory.setXIncludeAware(false);
            return factory.newDocumentBuilder();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java has no XML parser", e);
        }
    }

    /** An element with properties of its own. */
    record Part(Element element) {
        /** A property, as an attribute of the element or anywhere within it. */
        Optional<String> value(String namespace, String name) {
            return element.hasAttributeNS(namespace, name)
                    ? Optional.of(element.getAttributeNS(namespace, name))
                    : Xmp.value(element.getElementsByTagNameNS("*", "*"), namespace, name);
        }
    }

    /** The elements of some name, in their order. */
    List<Part> parts(String namespace, String name) {
        NodeList all = document.getElementsByTagNameNS(namespace, name);
        var parts = new ArrayList<Part>();
        for (int i = 0; i < Math.min(all.getLength(), MOST); i++) {
            if (all.item(i) instanceof Element e) {
                parts.add(new Part(e));
            }
        }
        return parts;
    }

    /** A property, wherever it stands. */
    Optional<String> value(String namespace, String name) {
        return value(document.getElementsByTagNameNS("*", "*"), namespace, name);
    }

    private static Optional<String> value(NodeList all, String namespace, String name) {
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i) instanceof Element e) {
                if (e.hasAttributeNS(namespace, name)) {
                    return Optional.of(e.getAttributeNS(namespace, name));
                }
                if (namespace.equals(e.getNamespaceURI()) && name.equals(e.getLocalName())) {
                    return Optional.of(e.getTextContent());
                }
            }
        }
        return Optional.empty();
    }

    /** A property that is a number. */
    Optional<Double> number(String namespace, String name) {
        return value(namespace, name).flatMap(text -> {
            try {
                return Optional.of(Double.parseDouble(text.strip())).filter(Double::isFinite);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /** Removes all properties of a namespace. */
    void remove(String namespace) {
        NodeList all = document.getElementsByTagNameNS("*", "*");
        for (int i = all.getLength() - 1; i >= 0; i--) {
            if (all.item(i) instanceof Element e) {
                remove(e, namespace);
            }
        }
    }

    private static void remove(Element e, String namespace) {
        var attributes = e.getAttributes();
        for (int k = attributes.getLength() - 1; k >= 0; k--) {
            if (namespace.equals(attributes.item(k).getNamespaceURI())) {
                e.removeAttributeNode((org.w3c.dom.Attr) attributes.item(k));
            }
        }
        if (namespace.equals(e.getNamespaceURI()) && e.getParentNode() != null) {
            e.getParentNode().removeChild(e);
        }
    }

    /**
     * Adds properties in a description of their own.
     *
     * @param prefix of the namespace
     * @param properties names and values in turn
     */
    void add(String prefix, String namespace, String... properties) {
        Element description = document.createElementNS(RDF, "rdf:Description");
        description.setAttributeNS(RDF, "rdf:about", "");
        description.setAttributeNS(XMLNS, "xmlns:" + prefix, namespace);
        for (int i = 0; i < properties.length; i += 2) {
            description.setAttributeNS(namespace, prefix + ":" + properties[i], properties[i + 1]);
        }
        NodeList roots = document.getElementsByTagNameNS(RDF, "RDF");
        (roots.getLength() == 0 ? document.getDocumentElement() : roots.item(0)).appendChild(description);
    }

    /** The packet in UTF-8. */
    byte[] bytes() {
        try {
            var transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            var out = new ByteArrayOutputStream();
            out.writeBytes(
                    "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>".getBytes(StandardCharsets.UTF_8));
            var element = new DOMSource(document.getDocumentElement());
            transformer.transform(element, new StreamResult(out));
            out.writeBytes("<?xpacket end=\"w\"?>".getBytes(StandardCharsets.UTF_8));
            return out.toByteArray();
        } catch (TransformerException e) {
            throw new IllegalStateException("XMP cannot be written", e);
        }
    }
}
