/// An answer of the server. The members that are looked for are found by their names, which costs less than decoding.
struct Reply {
    let status: Int
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The first integer member of that name.
    func integer(_ name: String) -> Int64? {
        guard let value = value(name) else { return nil }
        return Int64(String(decoding: value.prefix { $0 == 45 || ($0 >= 48 && $0 <= 57) }, as: UTF8.self))
    }

    /// The first string member of that name; without escapes.
    func string(_ name: String) -> String? {
        guard let value = value(name), value.first == UInt8(ascii: "\"") else { return nil }
        return String(decoding: value.dropFirst().prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }

    private func value(_ name: String) -> ArraySlice<UInt8>? {
        let key = Array("\"\(name)\":".utf8)
        var index = 0
        while index + key.count <= body.count {
            if body[index] == key[0], body[index..<index + key.count].elementsEqual(key) {
                return body[(index + key.count)...]
            }
            index += 1
        }
        return nil
    }
}
