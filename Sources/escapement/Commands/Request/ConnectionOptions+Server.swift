extension ConnectionOptions {
    private static let localServer = "http://127.0.0.1:8080"

    /// The server that the options or the environment name.
    func server(_ surroundings: ClientSurroundings) throws(ClientFailure) -> WebAddress {
        let variable = surroundings.environment["ESCAPEMENT_URL"].flatMap { $0.isEmpty ? nil : $0 }
        do throws(WebAddressError) {
            return try WebAddress(parsing: url ?? variable ?? Self.localServer)
        } catch {
            if url != nil { throw ClientFailure(exit: .usage, message: "--url \(error)") }
            throw ClientFailure(exit: .configuration, message: "ESCAPEMENT_URL \(error)")
        }
    }

    /// What to sign in with; nil when the user named nothing. The password of the first start is never
    /// taken by itself: who acts as `admin` says so.
    func credentials(_ surroundings: ClientSurroundings) throws(ClientFailure) -> Credentials? {
        if let user { return .basic(user: user, password: try password(of: user, surroundings)) }
        if let tokenFile {
            return .bearer(token: try secret(from: tokenFile, option: "--token-file", surroundings))
        }
        let token = surroundings.environment["ESCAPEMENT_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
        return token.map { .bearer(token: $0) }
    }

    private func password(of user: String, _ surroundings: ClientSurroundings) throws(ClientFailure) -> String {
        if let passwordFile {
            return try secret(from: passwordFile, option: "--password-file", surroundings)
        }
        if passwordStdin {
            let bytes: [UInt8]
            do throws(SmallFileError) {
                bytes = try surroundings.readStandardInput()
            } catch {
                throw ClientFailure(exit: .usage, message: "standard input cannot be read: \(error)")
            }
            guard let password = ClientSurroundings.firstLine(bytes) else {
                throw ClientFailure(exit: .usage, message: "standard input holds no password")
            }
            return password
        }
        guard let password = try surroundings.askHidden("Password of \(user): ") else {
            throw ClientFailure(exit: .usage, message: "--user needs --password-file or --password-stdin")
        }
        guard !password.isEmpty else { throw ClientFailure(exit: .usage, message: "no password was typed") }
        return password
    }

    private func secret(
        from path: String,
        option: String,
        _ surroundings: ClientSurroundings
    ) throws(ClientFailure) -> String {
        let bytes: [UInt8]
        do throws(SmallFileError) {
            bytes = try surroundings.readFile(path)
        } catch {
            throw ClientFailure(exit: .usage, message: "\(option) \(path) cannot be read: \(error)")
        }
        guard let secret = ClientSurroundings.firstLine(bytes) else {
            throw ClientFailure(exit: .usage, message: "\(option) \(path) has no first line of UTF-8 text")
        }
        return secret
    }
}
