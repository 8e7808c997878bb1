import ArgumentParser
import SchedulerHTTP

/// `escapement hash-password`.
struct HashPasswordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hash-password",
        abstract: "Read a password from standard input and print its hash for a User document.",
        discussion: "The first line is the password; its end is not part of it. On a terminal it is not shown."
    )

    func run() throws {
        let surroundings = ClientSurroundings.system(environment: [:])
        try ClientConsole.standard.data(try Self.hash(surroundings))
    }

    /// The hash of the password that the surroundings give.
    static func hash(_ surroundings: ClientSurroundings) throws -> String {
        let password: String?
        if let typed = try surroundings.askHidden("Password: ") {
            password = typed.isEmpty ? nil : typed
        } else {
            do throws(SmallFileError) {
                password = ClientSurroundings.firstLine(try surroundings.readStandardInput())
            } catch {
                throw ClientFailure(exit: .usage, message: "standard input cannot be read: \(error)")
            }
        }
        guard let password, password.utf8.count <= PasswordHash.passwordMaxBytes else {
            throw ClientFailure(
                exit: .badInput,
                message: "a password has 1 to \(PasswordHash.passwordMaxBytes) bytes of UTF-8 text"
            )
        }
        return try PasswordHash.scrypt(password: password).text
    }
}
