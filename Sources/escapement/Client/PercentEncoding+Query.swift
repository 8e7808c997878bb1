import SchedulerCore

extension PercentEncoding {
    /// A query string with its question mark; empty where there is nothing to ask for.
    static func query(_ items: [(String, String)]) -> String {
        items.isEmpty ? "" : "?" + items.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
    }
}
