/// Which metadata objects a rule of a grant is about (administration §5.3).
///
/// `acme.JobDefinition.Name`, `acme.gl.*`, `Kind://acme/gl/Name`, `Kind://acme/gl/*`, `*`; a final `*` takes
/// sub-packages
/// in. In the dotted form the first word that is a kind's name separates package and name, since names may hold dots.
package struct ResourcePattern: Hashable, Sendable, CustomStringConvertible {
    private enum Meaning: Hashable {
        /// Whatever lies in a package or below it; the empty package is everywhere. Nil kind = every kind.
        case package(String, kind: MetadataKind?)
        case object(MetadataObjectID)
        /// Accepted because Oracle has it: there is no ad hoc submission.
        case nothing
    }

    /// The resource without effect.
    private static let adHocRequest = "JobDefinition.SYS_AdHocRequest"

    package static let all = ResourcePattern(text: "*", meaning: .package("", kind: nil))

    /// As written.
    package let description: String
    private let meaning: Meaning

    /// Nil unless the text is one of the forms.
    package init?(_ text: String) {
        if text == "*" {
            self = .all
        } else if text == Self.adHocRequest {
            self.init(text: text, meaning: .nothing)
        } else if text.contains(":") || text.contains("/") {
            guard let meaning = Self.idForm(text) else { return nil }
            self.init(text: text, meaning: meaning)
        } else {
            guard let meaning = Self.dottedForm(text) else { return nil }
            self.init(text: text, meaning: meaning)
        }
    }

    private init(text: String, meaning: Meaning) {
        description = text
        self.meaning = meaning
    }

    /// Whether the object is one of those meant.
    package func contains(_ id: MetadataObjectID) -> Bool {
        switch meaning {
        case .object(let object): return id == object
        case .nothing: return false
        case .package(let package, let kind):
            guard kind == nil || kind == id.kind else { return false }
            return package.isEmpty || id.package == package || id.package.hasPrefix(package + "/")
        }
    }

    /// What the pattern means for the ids of definitions and sets.
    package enum Coverage: Hashable, Sendable {
        case everything
        case nothing
        case object(MetadataObjectID)
        /// Beginnings of canonical ids.
        case prefixes([String])
    }

    package var coverage: Coverage {
        switch meaning {
        case .nothing: return .nothing
        case .object(let id): return .object(id)
        case .package("", kind: nil): return .everything
        case .package(let package, let kind):
            let kinds: [MetadataKind] = kind.map { [$0] } ?? [.jobDefinition, .jobSet]
            return .prefixes(kinds.map { "\($0.rawValue):/\(package)/" })
        }
    }

    private static func idForm(_ text: String) -> Meaning? {
        guard let colon = text.firstIndex(of: ":"), let kind = MetadataKind(spelling: String(text[..<colon])),
            text[colon...].hasPrefix(":/")
        else { return nil }
        let segments = text[text.index(after: colon)...].split(separator: "/")
        guard segments.last == "*" else {
            return (try? MetadataObjectID(parsing: text, only: kind)).map(Meaning.object)
        }
        guard segments.dropLast().allSatisfy(MetadataName.isSegment) else { return nil }
        return .package(segments.dropLast().map { "/" + $0 }.joined(), kind: kind)
    }

    private static func dottedForm(_ text: String) -> Meaning? {
        let words = text.split(separator: ".", omittingEmptySubsequences: false)
        let kindIndex = words.firstIndex { MetadataKind(rawValue: String($0)) != nil }
        let packageWords = words[..<(kindIndex ?? words.index(before: words.endIndex))]
        guard packageWords.allSatisfy(MetadataName.isSegment) else { return nil }
        let package = packageWords.map { "/" + $0 }.joined()
        guard let kindIndex, let kind = MetadataKind(rawValue: String(words[kindIndex])) else {
            return words.last == "*" ? .package(package, kind: nil) : nil
        }
        let name = words[(kindIndex + 1)...].joined(separator: ".")
        if name == "*" { return .package(package, kind: kind) }
        return MetadataObjectID(validating: kind, package: package, name: name).map(Meaning.object)
    }
}
