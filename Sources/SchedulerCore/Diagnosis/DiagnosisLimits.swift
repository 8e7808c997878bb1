/// Bounds of a diagnosis.
package enum DiagnosisLimits {
    /// Live children that are named.
    package static let relatives = 10
    /// Holders of slots that are named.
    package static let holders = 10
    /// Requests in the way of a lock that are named, each a reason.
    package static let blockers = 10
    /// Instances of one schedule among which the active one is looked for.
    package static let instances = 100
    /// Better-ranked requests that are counted; who has more before it learns of so many.
    package static let ranked = 1000
    /// How often the facts are read anew because the request changed meanwhile.
    package static let readings = 3
}
