extension ServerConfiguration {
    /// A database that SQL jobs use.
    struct DataSource: Sendable {
        /// libpq's URI with all of its options; it may hold a password.
        let uri: String
        let passwordFile: String?
        let poolSize: Int
    }

    /// By name.
    var dataSources: [String: DataSource] {
        let values = SettingValues(effective)
        let names = effective.filter { $0.key.isDataSourceURL }.compactMap(\.key.dataSource)
        return names.reduce(into: [:]) { sources, name in
            let prefix = "\(ConfigurationTable.dataSources).\(name)"
            sources[name] = DataSource(
                uri: values.text("\(prefix).url"),
                passwordFile: values.optionalText("\(prefix).passwordFile"),
                poolSize: values.whole("\(prefix).poolSize")
            )
        }
    }
}
