/// Reading of parameter values, which are text everywhere.
package enum ParameterValue {
    /// Nil if the text is a value of the type: BOOLEAN `true` or `false` in any case, INTEGER 32 and LONG 64 bits
    /// signed, DATETIME RFC 3339 (REST §2.5).
    package static func misfit(_ text: String, type: ParameterType) -> ValueMisfit? {
        let fits =
            switch type {
            case .boolean: boolean(text) != nil
            case .integer: Int32(text) != nil
            case .long: Int64(text) != nil
            case .dateTime: Timestamp(rfc3339: text) != nil
            case .string: true
            }
        return fits ? nil : .form(type.rawValue)
    }

    package static func boolean(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true": true
        case "false": false
        default: nil
        }
    }

    /// A plain decimal number: digits, at most one point, an optional sign; no exponent, infinity or hexadecimal.
    package static func decimal(_ text: String) -> Double? {
        let digits = text.utf8.filter { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        let points = text.utf8.filter { $0 == UInt8(ascii: ".") }
        let signs = text.hasPrefix("-") || text.hasPrefix("+") ? 1 : 0
        guard !digits.isEmpty, points.count <= 1, digits.count + points.count + signs == text.utf8.count
        else { return nil }
        return Double(text)
    }

    /// Whether `left` is less than `right`, exact for whole numbers of 64 bits; nil unless both are numbers.
    package static func isLess(_ left: String, _ right: String) -> Bool? {
        if let left = Int64(left), let right = Int64(right) { return left < right }
        guard let left = decimal(left), let right = decimal(right) else { return nil }
        return left < right
    }
}
