package import SchedulerCore

/// Which media types a call sends and wants (REST §2.2, RFC 9110 §12.5.1).
package enum ContentNegotiation {
    /// The type of the answer: the one with the higher weight, then the one named more exactly, then JSON; throws
    /// ESS-05022 if neither is acceptable. `accept` is the `Accept` header, several joined by comma, or nil.
    package static func responseType(accept: String?) throws(SchedulerError) -> MediaType {
        guard let accept, !Self.wantsJSON.contains(accept) else { return .json }
        let ranges = HeaderText.elements(accept).compactMap(MediaRange.init)
        var best: (type: MediaType, weight: Int, exactness: Int)?
        for type in MediaType.allCases {
            guard let range = ranges.filter({ $0.matches(type) }).max(by: { $0.exactness < $1.exactness }),
                range.weight > 0
            else { continue }
            guard let current = best else {
                best = (type, range.weight, range.exactness)
                continue
            }
            if (range.weight, range.exactness) > (current.weight, current.exactness) {
                best = (type, range.weight, range.exactness)
            }
        }
        guard let best else { throw SchedulerError(5022, accept) }
        return best.type
    }

    /// What nearly all callers send; an empty header is none.
    private static let wantsJSON: Set<String> = ["", "*/*", "application/json"]

    /// The type of an error: as asked for, else JSON; an error is never withheld.
    package static func errorType(accept: String?) -> MediaType {
        (try? responseType(accept: accept)) ?? .json
    }

    /// Tests the type of a request body; a body without `Content-Type`, or with an empty one, is JSON.
    ///
    /// - Throws: ESS-05024 for another type than the API's two or a charset other than UTF-8.
    package static func checkBody(contentType: String?) throws(SchedulerError) {
        guard let contentType, !contentType.isEmpty else { return }
        let (type, parameters) = HeaderText.parameterised(contentType)
        let charset = parameters.last { $0.name == "charset" }?.value.lowercased()
        guard MediaType(rawValue: type) != nil, charset == nil || charset == "utf-8" || charset == "utf8" else {
            throw SchedulerError(5024, contentType)
        }
    }

    /// The same of a body of XML, whose charset its first bytes tell (administration §3).
    ///
    /// - Throws: ESS-05024 for what is no XML by its type.
    package static func checkXMLBody(contentType: String?) throws(SchedulerError) {
        guard let contentType else { return }
        let type = HeaderText.parameterised(contentType).type
        guard ["application/xml", "text/xml", "application/octet-stream"].contains(type) || type.hasSuffix("+xml")
        else {
            throw SchedulerError(5024, contentType)
        }
    }

    /// Whether a caller takes bodies compressed by gzip: only who says so (RFC 9110 §12.5.3).
    package static func takesGzip(_ acceptEncoding: String?) -> Bool {
        guard let acceptEncoding else { return false }
        let codings = HeaderText.elements(acceptEncoding).compactMap(MediaRange.init)
        let own = codings.filter { $0.type == "gzip" || $0.type == "x-gzip" }
        return (own.isEmpty ? codings.filter { $0.type == "*" } : own).contains { $0.weight > 0 }
    }

    /// One element of an `Accept` or `Accept-Encoding` header.
    private struct MediaRange {
        let type: String
        /// `q` in thousandths.
        let weight: Int

        init?(_ element: Substring) {
            let (type, parameters) = HeaderText.parameterised(String(element))
            guard !type.isEmpty else { return nil }
            self.type = type
            weight = parameters.first { $0.name == "q" }.map { Self.weight($0.value) } ?? 1000
        }

        func matches(_ candidate: MediaType) -> Bool {
            type == candidate.rawValue || type == "application/*" || type == "*/*"
        }

        /// 0 any type, 1 any subtype, 2 this type.
        var exactness: Int { type == "*/*" ? 0 : type.hasSuffix("/*") ? 1 : 2 }

        /// `0`, `1`, or up to three decimals; an unreadable weight counts as none given.
        private static func weight(_ text: String) -> Int {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard let whole = parts.first, whole == "0" || whole == "1", parts.count <= 2 else { return 1000 }
            let decimals = parts.count == 2 ? parts[1] : ""
            guard decimals.utf8.count <= 3, decimals.utf8.allSatisfy(JSONText.isDigit) else { return 1000 }
            let padded = decimals + String(repeating: "0", count: 3 - decimals.utf8.count)
            return whole == "1" ? 1000 : Int(padded) ?? 1000
        }
    }
}
