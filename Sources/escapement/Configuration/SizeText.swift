/// How the configuration writes numbers of bytes: `64KiB`, `4MiB`, `1GiB`, or a bare number of bytes.
enum SizeText {
    private static let bytesPerUnit: [(unit: String, bytes: Int)] = [
        ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("", 1),
    ]

    /// The number of bytes, or nil when the text is not of the form above or does not fit.
    static func parse(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits),
            let factor = bytesPerUnit.first(where: { $0.unit == text.dropFirst(digits.count) })?.bytes
        else { return nil }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : bytes
    }

    /// The shortest text that gives the number back.
    static func format(_ bytes: Int) -> String {
        guard bytes != 0, let largest = bytesPerUnit.first(where: { bytes % $0.bytes == 0 }) else { return "0" }
        return "\(bytes / largest.bytes)\(largest.unit)"
    }
}
