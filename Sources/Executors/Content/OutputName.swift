/// Names of outputs: `[A-Za-z0-9._-]{1,128}` (administration §5.10), but not `.` and `..`.
enum OutputName {
    private static let bytesMax = 128

    static func isAllowed(_ name: String) -> Bool {
        (1...bytesMax).contains(name.utf8.count) && name != "." && name != ".." && name.utf8.allSatisfy(isAllowed)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "._-".utf8.contains(byte)
        }
    }
}
