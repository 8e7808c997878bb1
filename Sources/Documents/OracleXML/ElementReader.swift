/// Takes attributes and children of one element by name, and reports in the end what nobody took.
struct ElementReader {
    let element: OracleElement
    let report: ImportReport
    /// Path from the object.
    var path: String
    private var takenAttributes: Set<Int> = []
    private var takenChildren: Set<Int> = []
    private var isTextTaken = false

    init(_ element: OracleElement, path: String, report: ImportReport) {
        self.element = element
        self.path = path
        self.report = report
    }

    var place: ImportPlace { ImportPlace(line: element.line, path: path) }
    var key: String { element.key }
    var isLeaf: Bool { element.children.isEmpty }

    // MARK: - Taking

    /// The first value that is not empty among attributes and childless children of these names. Others that differ
    /// from it are reported as ignored.
    mutating func text(_ keys: String...) -> FoundText? { text(keys) }

    mutating func text(_ keys: [String]) -> FoundText? {
        var found: FoundText?
        for candidate in candidates(keys) where !candidate.text.isEmpty {
            if found == nil {
                found = candidate
            } else if let found, found.text != candidate.text {
                report.add(.ignored, candidate.place, "\(found.place.path) says otherwise")
            }
        }
        return found
    }

    /// All values that are not empty, in the order of the file. Lists in one value are separated by commas or blanks.
    mutating func words(_ keys: String...) -> [FoundText] {
        candidates(keys).flatMap { found in
            found.raw.split { $0 == "," || $0.isWhitespace }.map { FoundText(raw: String($0), place: found.place) }
        }
    }

    private mutating func candidates(_ keys: [String]) -> [FoundText] {
        var found: [FoundText] = []
        for (index, attribute) in element.attributes.enumerated() where keys.contains(attribute.key) {
            takenAttributes.insert(index)
            found.append(FoundText(raw: attribute.value, place: place.appending("@" + attribute.name)))
        }
        for (index, child) in element.children.enumerated()
        where keys.contains(child.key) && child.children.isEmpty && !takenChildren.contains(index) {
            takenChildren.insert(index)
            var reader = reader(of: child)
            found.append(reader.ownText())
            reader.finish()
        }
        return found
    }

    /// Readers of the children of these names; whoever asks for them finishes them.
    mutating func children(_ keys: String...) -> [ElementReader] { children(of: { keys.contains($0) }) }

    /// Readers of the children whose names are wanted.
    mutating func children(of isWanted: (_ key: String) -> Bool) -> [ElementReader] {
        var readers: [ElementReader] = []
        for (index, child) in element.children.enumerated()
        where isWanted(child.key) && takenChildren.insert(index).inserted {
            readers.append(reader(of: child))
        }
        return readers
    }

    /// The children of these names, or those of them in containers of these other names.
    mutating func children(_ keys: [String], in containers: [String]) -> [ElementReader] {
        var readers: [ElementReader] = []
        for (index, child) in element.children.enumerated() {
            if keys.contains(child.key), takenChildren.insert(index).inserted {
                readers.append(reader(of: child))
            } else if containers.contains(child.key), takenChildren.insert(index).inserted {
                var container = reader(of: child)
                readers += container.children(keys, in: containers)
                container.finish()
            }
        }
        return readers
    }

    /// The text of the element itself.
    mutating func ownText() -> FoundText {
        isTextTaken = true
        return FoundText(raw: element.text, place: place)
    }

    private func reader(of child: OracleElement) -> ElementReader {
        ElementReader(child, path: path + "/" + ImportReport.quoted(child.name), report: report)
    }

    // MARK: - The rest

    /// Reports what is left as ignored.
    mutating func finish() {
        for (index, attribute) in element.attributes.enumerated() where !takenAttributes.contains(index) {
            let reason = Self.reason(attribute.key) ?? "unknown attribute"
            report.add(.ignored, place.appending("@" + attribute.name), reason)
        }
        for (index, child) in element.children.enumerated() where !takenChildren.contains(index) {
            report.add(.ignored, reader(of: child).place, Self.reason(child.key) ?? "unknown element")
        }
        if !isTextTaken, !element.text.trimmingXMLBlanks.isEmpty {
            report.add(.ignored, place, "text beside elements")
        }
    }

    /// Why something known is left out, nil for what is not known.
    private static func reason(_ key: String) -> String? {
        switch key {
        case "displaynamekey", "descriptionkey", "resourcebundle", "resourcebundles", "resourcebundleid",
            "resourcebundleids", "bundleid":
            "translation keys are not kept"
        case "trigger", "triggers", "triggerid": "triggers are not known"
        default: nil
        }
    }
}
