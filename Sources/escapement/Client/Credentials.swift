import FoundationEssentials

/// What the client signs in with. Never printed.
enum Credentials: Sendable, Equatable {
    case basic(user: String, password: String)
    case bearer(token: String)

    /// The value of the `Authorization` field.
    var authorization: String {
        switch self {
        case .basic(let user, let password): "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
        case .bearer(let token): "Bearer \(token)"
        }
    }
}

extension Credentials: CustomStringConvertible {
    var description: String {
        switch self {
        case .basic(let user, _): "password of \(user)"
        case .bearer: "token"
        }
    }
}
