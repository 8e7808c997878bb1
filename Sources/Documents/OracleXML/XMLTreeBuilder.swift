import Foundation
import FoundationXML

/// Reads a text as a tree of elements, all or nothing.
///
/// Comments and processing instructions are passed over. Namespaces do not count: prefixes are cut off here, and a
/// prefix that nobody has declared is no error.
final class XMLTreeBuilder: NSObject, XMLParserDelegate {
    /// An element of which the end has not been met yet.
    private struct Open {
        let name: String
        let attributes: [OracleElement.Attribute]
        let line: Int
        var text = ""
        var children: [OracleElement] = []
    }

    private var open: [Open] = []
    private var root: OracleElement?
    private var count = 0
    private var refusal: XMLRefusal?

    /// The root of a text in UTF-8 that `XMLText` has passed.
    static func root(of text: [UInt8]) throws(XMLRefusal) -> OracleElement {
        let builder = XMLTreeBuilder()
        let parser = XMLParser(data: Data(text))
        parser.shouldProcessNamespaces = false
        parser.shouldResolveExternalEntities = false
        parser.externalEntityResolvingPolicy = .never
        parser.delegate = builder
        let isParsed = parser.parse()
        if let refusal = builder.refusal { throw refusal }
        // The parser calls some texts parsed that end too early.
        guard isParsed, builder.open.isEmpty, let root = builder.root else {
            throw XMLRefusal(max(parser.lineNumber, 0), "the text is no well-formed XML")
        }
        return root
    }

    private func refuse(_ parser: XMLParser, _ reason: String) {
        guard refusal == nil else { return }
        refusal = XMLRefusal(max(parser.lineNumber, 0), reason)
        parser.abortParsing()
    }

    // MARK: - XMLParserDelegate

    func parser(
        _ parser: XMLParser,
        didStartElement elementName: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        guard refusal == nil else { return }
        count += 1
        guard count <= OracleXMLLimits.elementsMax else {
            return refuse(parser, "more than \(OracleXMLLimits.elementsMax) elements")
        }
        guard open.count < OracleXMLLimits.depthMax else {
            return refuse(parser, "elements nested deeper than \(OracleXMLLimits.depthMax) levels")
        }
        let known = attributes.filter { !Self.isOfXML($0.key) }
            .map { OracleElement.Attribute(name: XMLName.local($0.key), value: $0.value) }
            .sorted { $0.name < $1.name }
        open.append(Open(name: XMLName.local(elementName), attributes: known, line: parser.lineNumber))
    }

    func parser(
        _ parser: XMLParser,
        didEndElement elementName: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) {
        guard refusal == nil, let ended = open.popLast() else { return }
        let element = OracleElement(
            name: ended.name,
            attributes: ended.attributes,
            text: ended.text,
            children: ended.children,
            line: ended.line
        )
        if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard refusal == nil, !open.isEmpty else { return }
        open[open.count - 1].text += string
    }

    func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
        guard refusal == nil, !open.isEmpty else { return }
        open[open.count - 1].text += String(decoding: CDATABlock, as: UTF8.self)
    }

    func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) {
        let code = (parseError as NSError).code
        guard !Self.namespaceCodes.contains(code) else { return }
        refuse(parser, "the text is no well-formed XML (\(Self.meanings[code] ?? "libxml2 error \(code)"))")
    }

    func parser(_ parser: XMLParser, foundInternalEntityDeclarationWithName name: String, value: String?) {
        refuse(parser, MarkupFilter.refusal)
    }

    func parser(
        _ parser: XMLParser,
        foundExternalEntityDeclarationWithName name: String,
        publicID: String?,
        systemID: String?
    ) {
        refuse(parser, MarkupFilter.refusal)
    }

    // MARK: - Names and codes

    /// Attributes that speak to the parser: namespaces, `xml:…`, and where a schema is.
    private static func isOfXML(_ name: String) -> Bool {
        ["xmlns", "xml", "xsi"].contains { name == $0 || name.hasPrefix($0 + ":") }
    }

    /// libxml2's warnings and errors about namespaces.
    private static let namespaceCodes: Set<Int> = Set(99...101).union(200...206)
    /// What libxml2 finds wrong most often.
    private static let meanings: [Int: String] = [
        4: "it is empty", 5: "it ends too early", 9: "a character that XML does not know", 26: "an unknown entity",
        39: "an attribute without quotes", 41: "an attribute without value", 42: "an attribute stands twice",
        73: "a tag without end", 76: "a wrong end tag", 77: "a tag that is not closed",
    ]
}
