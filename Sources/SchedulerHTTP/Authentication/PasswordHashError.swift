/// Why a text is no usable password hash. Never holds the text: it would end in a log.
package enum PasswordHashError: Error, Equatable, CustomStringConvertible {
    case malformed
    case unknownScheme
    /// The named part lies outside the accepted limits.
    case outOfRange(String)

    package var description: String {
        switch self {
        case .malformed: "not of the form $scrypt$ln=15,r=8,p=1$salt$hash"
        case .unknownScheme: "neither $scrypt$ nor $pbkdf2-sha256$"
        case .outOfRange(let part): "\(part) is out of range"
        }
    }
}
