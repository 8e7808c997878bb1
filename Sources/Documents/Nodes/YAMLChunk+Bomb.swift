extension YAMLChunk {
    /// Most work spent on keys that may be no words, in bytes looked at.
    private static let keyWorkMax = 1 << 30

    /// Line of a chunk that the YAML library would take unbounded time for, nil if it takes time like any other.
    ///
    /// The library copies what an alias stands for without cost, but looks through all copies of a key that is no word:
    /// each such key may cost the whole text, and m aliases make of a text at most 3^(m/3) times as much. Some of what
    /// is
    /// counted may stand in a text and be harmless; little of it does not matter.
    var lineOfBomb: Int? {
        let scan = IndicatorScan(text)
        let aliases = scan.aliases.filter { scan.anchors.contains($0.name) }
        var work = scan.collectionKeys
        for factor in [text.utf8.count] + Array(repeating: 3, count: (aliases.count + 2) / 3) {
            let (product, overflow) = work.multipliedReportingOverflow(by: factor)
            guard !overflow, product <= Self.keyWorkMax else { return lineOffset + (aliases.first?.line ?? 1) }
            work = product
        }
        return nil
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
