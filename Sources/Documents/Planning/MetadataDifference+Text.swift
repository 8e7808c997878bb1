import SchedulerCore

extension MetadataPlan.Item {
    /// What the audit trail keeps of the change: a list of `{from, path, to}` as JSON, without any secret.
    package var auditText: String { MetadataDifference.text(differences) }
}

extension MetadataDifference {
    /// One member that has another value; nil = none.
    package static func text(path: String, from: String?, to: String?) -> String {
        let quoted = { (text: String?) in text.map { JSONValue.string($0).text } }
        return text([MetadataDifference(path: path, from: quoted(from), to: quoted(to))])
    }

    /// Differences that find no room are left out, the last ones first; then the list ends with `null`.
    fileprivate static func text(_ differences: [MetadataDifference]) -> String {
        var items: [String] = []
        var bytes = 0
        for difference in differences {
            let members = [
                difference.from.map { "\"from\":\($0)" }, "\"path\":\(JSONValue.string(difference.path).text)",
                difference.to.map { "\"to\":\($0)" },
            ]
            let item = "{\(members.compactMap(\.self).joined(separator: ","))}"
            bytes += item.utf8.count + 1
            guard bytes <= MetadataLimits.auditDiffBytesMax else {
                items.append("null")
                break
            }
            items.append(item)
        }
        return "[\(items.joined(separator: ","))]"
    }
}
