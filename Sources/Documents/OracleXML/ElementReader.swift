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

    /// All values of these names, in the order of the file: of attributes and elements, of which each may hold several
    /// with commas or blanks between them, and of the items of lists, whatever these are called.
    mutating func words(_ keys: String...) -> [FoundText] {
        let values = candidates(keys) + children(of: { keys.contains($0) }).flatMap { $0.items() }
        return values.flatMap { found in
            found.raw.split { $0 == "," || $0.isWhitespace }.map { FoundText(raw: String($0), place: found.place) }
        }
    }

    /// The values of a list; a time may stand there by hour, minute and second. What has other children becomes a value
    /// that nothing can be made of: leaving it out would change what the list says.
    private func items() -> [FoundText] {
        if let time = time() { return [time] }
        var list = self
        let items = list.children(of: { _ in true })
        list.finish()
        return items.map { item in
            var item = item
            guard item.isLeaf else { return item.time() ?? FoundText(raw: "<\(item.element.name)>", place: item.place) }
            let text = item.ownText()
            item.finish()
            return text
        }
    }

    private func time() -> FoundText? {
        var reader = self
        guard let hour = reader.text("hour", "hours", "hourofday") else { return nil }
        let minute = reader.text("minute", "minutes")?.text ?? "0"
        let second = reader.text("second", "seconds")?.text ?? "0"
        reader.finish()
        return FoundText(raw: "\(hour.text):\(minute):\(second)", place: hour.place)
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
        case "trigger", "triggers", "triggerid", "triggerlist": "triggers are not known"
        default: nil
        }
    }
}
