extension ConnectionOptions {
    private static let localServer = "http://127.0.0.1:8080"

    /// The server that the options, the environment or the context name.
    func server(_ surroundings: ClientSurroundings, context: ClientContext) throws(ClientFailure) -> WebAddress {
        let variable = surroundings.environment["ESCAPEMENT_URL"].flatMap { $0.isEmpty ? nil : $0 }
        do throws(WebAddressError) {
            return try WebAddress(parsing: url ?? variable ?? context.url ?? Self.localServer)
        } catch {
            if url != nil { throw ClientFailure(exit: .usage, message: "--url \(error)") }
            guard variable != nil else {
                throw ClientFailure(exit: .configuration, message: "the context's url \(error)")
            }
            throw ClientFailure(exit: .configuration, message: "ESCAPEMENT_URL \(error)")
        }
    }

    /// What to sign in with; nil when the user named nothing. The password of the first start is never
    /// taken by itself: who acts as `admin` says so.
    func credentials(
        _ surroundings: ClientSurroundings,
        context: ClientContext
    ) throws(ClientFailure) -> Credentials? {
        if let user { return .basic(user: user, password: try password(of: user, surroundings)) }
        if let tokenFile {
            return .bearer(token: try secret(from: tokenFile, option: "--token-file", surroundings))
        }
        let token = surroundings.environment["ESCAPEMENT_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
        if let token { return .bearer(token: token) }
        return try credentials(of: context, surroundings)
    }

    private func credentials(
        of context: ClientContext,
        _ surroundings: ClientSurroundings
    ) throws(ClientFailure) -> Credentials? {
        if let tokenFile = context.tokenFile {
            return .bearer(token: try secret(from: tokenFile, option: "the context's tokenFile", surroundings))
        }
        guard let user = context.user else { return nil }
        guard let file = context.passwordFile else {
            return .basic(user: user, password: try password(of: user, surroundings))
        }
        let password = try secret(from: file, option: "the context's passwordFile", surroundings)
        return .basic(user: user, password: password)
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
