extension YAMLChunk {
    /// Most bytes of a chunk times its keys that might be no words: the library looks through the whole of such keys.
    private static let keyWorkMax = 1 << 30

    /// Line of a chunk that the YAML library would take unbounded time for, nil if it takes time like any other.
    ///
    /// The library copies what an alias stands for without cost, but looks through all copies of a key that is no word.
    /// So a chunk is dangerous if it may have such keys and, at the same time, an alias of a known anchor. What is found
    /// may stand in a text and be harmless, but for both to be so by chance is next to impossible.
    var lineOfBomb: Int? {
        let scan = IndicatorScan(text)
        guard scan.collectionKeys > 0 else { return nil }
        let alias = scan.aliases.filter { scan.anchors.contains($0.name) }.first
        if let alias { return alias.line + lineOffset }
        let (work, overflow) = scan.collectionKeys.multipliedReportingOverflow(by: text.utf8.count)
        return overflow || work > Self.keyWorkMax ? lineOffset + 1 : nil
    }
}

/// Finds in a text whatever may be an anchor, an alias or a key that is no word, and some things that are not.
private struct IndicatorScan {
    private(set) var anchors: Set<String> = []
    private(set) var aliases: [(name: String, line: Int)] = []
    private(set) var collectionKeys = 0

    init(_ text: String) {
        let bytes = Array(text.utf8)
        var line = 1
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "&") where Self.beginsToken(bytes, index):
                anchors.insert(Self.name(bytes, index))
            case UInt8(ascii: "*") where Self.beginsToken(bytes, index):
                let name = Self.name(bytes, index)
                aliases.append((name, line))
                if Self.colonFollows(bytes, index + 1 + name.utf8.count) { collectionKeys += 1 }
            case UInt8(ascii: "?") where Self.beginsToken(bytes, index) && Self.blankFollows(bytes, index + 1):
                collectionKeys += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if Self.colonFollows(bytes, index + 1) { collectionKeys += 1 }
            default: break
            }
        }
    }

    private static func beginsToken(_ bytes: [UInt8], _ index: Int) -> Bool {
        guard index > 0 else { return true }
        let before = bytes[index - 1]
        return before <= 0x20 || before >= 0x80 || "[{,:-?".utf8.contains(before)
    }

    private static func name(_ bytes: [UInt8], _ index: Int) -> String {
        let name = bytes[(index + 1)...].prefix { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return String(decoding: name, as: UTF8.self)
    }

    private static func colonFollows(_ bytes: [UInt8], _ index: Int) -> Bool {
        bytes[index...].first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } == UInt8(ascii: ":")
    }

    private static func blankFollows(_ bytes: [UInt8], _ index: Int) -> Bool {
        index >= bytes.count || bytes[index] <= 0x20 || bytes[index] >= 0x80
    }
}
