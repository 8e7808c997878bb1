package import SchedulerCore

/// Makes the links of all answers: absolute, in the order and spelling of the profile (REST §2.4).
package struct LinkBuilder: Sendable {
    package let profile: CompatibilityProfile
    /// `<public base URL>/ess/rest/scheduler/v1`, in the fusion profile with explicit port.
    package let baseURL: String
    /// What can be copied as it is: all but the id of each relation's link, in the profile's order.
    private let templates: [Template]

    /// Path of Oracle's API below the public base URL.
    package static let apiPath = "/ess/rest/scheduler/v1"

    /// `publicURL` is the configured base URL: scheme and host at least, with or without slash at the end.
    package init(publicURL: String, profile: CompatibilityProfile) {
        self.profile = profile
        let publicURL = PublicURL.trimmed(publicURL)
        let baseURL = (profile == .fusion ? PublicURL.withExplicitPort(publicURL) : publicURL) + Self.apiPath
        self.baseURL = baseURL
        templates = LinkRelation.order(in: profile).map { Template($0, baseURL: baseURL, profile: profile) }
    }

    /// URL of a request, also the `Location` of a submit.
    package func href(of request: RequestID) -> String { "\(baseURL)/requests/\(request)" }

    /// The links of a request; action links are there in every state.
    package func links(of lineage: RequestLineage, filter: LinkFilter = .all) -> [Link] {
        templates.compactMap { template in
            guard filter.contains(template.relation),
                let target = target(of: template.relation, in: lineage)
            else { return nil }
            let operation = template.relation.operation.map { "/\($0)" } ?? ""
            return Link(href: "\(baseURL)/requests/\(target)\(operation)", rel: template.relation.name(in: profile))
        }
    }

    /// Writes the array that `links(of:filter:)` describes.
    package func write(_ lineage: RequestLineage, filter: LinkFilter = .all, to writer: inout JSONWriter) {
        writer.beginArray()
        for template in templates where filter.contains(template.relation) {
            guard let target = target(of: template.relation, in: lineage) else { continue }
            template.write(target, to: &writer)
        }
        writer.endArray()
    }

    /// The relations of an action answer: the documented eight, or all of the fusion profile.
    package var actionAnswer: LinkFilter { Self.actionAnswer(in: profile) }

    static func actionAnswer(in profile: CompatibilityProfile) -> LinkFilter {
        profile == .documented ? LinkFilter(relations: LinkRelation.documentedActionAnswer) : .all
    }

    /// The one link of a collection; `path` is the one below the API's base, percent-encoded, without query:
    /// `/requests/search/2`.
    package func collectionLink(path: String) -> Link {
        Link(href: baseURL + path, rel: LinkRelation.itself.name(in: profile))
    }

    /// Absent requests are left out in the documented profile and numbered -1 or 0 in the other.
    private func target(of relation: LinkRelation, in lineage: RequestLineage) -> Int64? {
        if let target = lineage.target(of: relation) { return target.value }
        guard profile == .fusion else { return nil }
        return relation == .instanceParent ? 0 : -1
    }

    /// A link around the id: `{"href":"<base>/requests/` and `/cancel","rel":"cancel"}`.
    private struct Template: Sendable {
        let relation: LinkRelation
        private let head: [UInt8]
        private let tail: [UInt8]

        init(_ relation: LinkRelation, baseURL: String, profile: CompatibilityProfile) {
            self.relation = relation
            var writer = JSONWriter()
            writer.value("\(baseURL)/requests/")
            head = Array("{\"href\":".utf8) + writer.bytes.dropLast()
            let operation = relation.operation.map { "/\($0)" } ?? ""
            tail = Array("\(operation)\",\"rel\":\"\(relation.name(in: profile))\"}".utf8)
        }

        func write(_ target: Int64, to writer: inout JSONWriter) {
            writer.value(encoded: head, target, tail)
        }
    }
}
