extension ConfigurationTable {
    /// Section of the databases that SQL jobs use, each under a name of its own. In the file alone.
    static let dataSources = "dataSources"
    private static let nameBytesMax = 100

    /// The table with the keys of these data sources; a name that none can have adds nothing, so that what stands below
    /// it is unknown.
    func adding(dataSources names: [String]) -> ConfigurationTable {
        ConfigurationTable(keys: keys + names.filter(Self.isName).flatMap(Self.keys))
    }

    private static func isName(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return isPlain && (1...nameBytesMax).contains(name.utf8.count)
    }

    private static func keys(ofSource name: String) -> [ConfigurationKey] {
        [
            ConfigurationKey(
                name: "\(dataSources).\(name).url",
                type: .text,
                defaultText: nil,
                rule: .postgresURL,
                shown: { StoreURL.masked($0) },
                summary: "The database of the data source, postgresql://HOST/DB."
            ),
            ConfigurationKey(
                name: "\(dataSources).\(name).passwordFile",
                type: .path,
                defaultText: nil,
                rule: .any,
                summary: "File whose first line is the password; it wins over the URI's."
            ),
            ConfigurationKey(
                name: "\(dataSources).\(name).poolSize",
                type: .whole,
                defaultText: "4",
                rule: .whole(1...200),
                summary: "Connections at most: SQL jobs beyond them wait, holding their threads."
            ),
        ]
    }
}

extension ConfigurationKey {
    /// Name of the data source that the key belongs to; nil for any other key.
    var dataSource: String? {
        let parts = name.split(separator: ".").map(String.init)
        return parts.count == 3 && parts[0] == ConfigurationTable.dataSources ? parts[1] : nil
    }

    var isDataSourceURL: Bool { dataSource != nil && name.hasSuffix(".url") }
}
