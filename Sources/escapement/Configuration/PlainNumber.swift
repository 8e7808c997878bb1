/// Decimal numbers as configuration and command line write them: digits, nothing else.
enum PlainNumber {
    static func parse(_ text: some StringProtocol) -> Int? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int(text)
    }
}
