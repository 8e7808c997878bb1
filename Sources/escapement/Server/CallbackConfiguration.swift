import Executors
import SchedulerCore
import Synchronization

/// The settings of callbacks in force, reloadable: secrets are read from their files once, then kept.
final class CallbackConfiguration: Sendable {
    /// Bytes of a file with a secret.
    private static let secretBytesMax = 4096

    private let state: Mutex<CallbackSettings>

    /// - Throws: `ServerFailure` naming the key whose file cannot be used.
    init(_ configuration: ServerConfiguration.Callback) throws {
        state = Mutex(try Self.settings(configuration))
    }

    var current: CallbackSettings { state.withLock { $0 } }

    /// - Throws: `ServerFailure`; then all stays as it was.
    func change(_ configuration: ServerConfiguration.Callback) throws {
        let new = try Self.settings(configuration)
        state.withLock { $0 = new }
    }

    private static func settings(_ configuration: ServerConfiguration.Callback) throws -> CallbackSettings {
        var settings = CallbackSettings(timeout: configuration.timeout)
        settings.signingKey = try configuration.signingKeyFile.map { try secret($0, key: "callback.signingKeyFile") }
        settings.oauth = try configuration.oauth.map { oauth in
            let secret = try secret(oauth.clientSecretFile, key: "callback.oauth.clientSecretFile")
            let text = String(decoding: secret, as: UTF8.self)
            return OAuthClient(tokenURL: oauth.tokenURL, id: oauth.clientID, secret: text)
        }
        return settings
    }

    /// The first line of a file that nobody else may read.
    private static func secret(_ path: String, key: String) throws -> [UInt8] {
        do {
            let bytes = try SmallFile.read(path, bytesMax: secretBytesMax, isPrivate: true)
            let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            guard !line.isEmpty else { throw ServerFailure("\(key): the first line of \(path) is empty") }
            return Array(line)
        } catch let error as SmallFileError {
            throw ServerFailure("\(key): \(path): \(error)")
        }
    }
}
