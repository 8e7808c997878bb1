import SchedulerCore

/// Reads properties that may hold tokens, with errors that name the property.
enum CallTemplate {
    static func parse(_ text: String, property: String) throws(CallSettingError) -> TokenTemplate {
        do {
            return try TokenTemplate(parsing: text)
        } catch {
            let token = error.arguments.first ?? ""
            throw CallSettingError("\(property) holds the unknown token \(token) (\(error.code)).")
        }
    }
}
