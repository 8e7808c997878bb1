/// Where a setting comes from; later cases lose against earlier ones.
enum ConfigurationOrigin: Sendable, Equatable {
    /// The flag as it was written, such as `--http-port`.
    case flag(String)
    case variable(String)
    case file(path: String, line: Int)
    case builtIn
}

extension ConfigurationOrigin: CustomStringConvertible {
    var description: String {
        switch self {
        case .flag(let name): "flag \(name)"
        case .variable(let name): "variable \(name)"
        case .file(let path, let line): "file \(path):\(line)"
        case .builtIn: "default"
        }
    }
}
