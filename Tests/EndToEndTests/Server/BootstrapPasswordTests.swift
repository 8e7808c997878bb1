import FoundationEssentials
import Logging
import SchedulerCore
import SchedulerTesting
import Testing

@testable import escapement

@Suite("Password of the first start")
struct BootstrapPasswordTests {
    private static func catalogue(_ password: String?) throws -> Catalogue {
        guard let password else { return .builtIn }
        let output = try Program.run(["hash-password"], input: password).output
        let hash = PasswordHashText(String(output.prefix { $0 != "\n" }))
        let user = User(name: "admin", roles: ["EscapementAdmin"], passwordHash: hash)
        return Catalogue([MetadataObject(.user(user), origin: .api)])
    }

    @Test("Its file stays while it is the user's password, and goes with the change")
    func changed() async throws {
        let folder = try TestFolder()
        let path = folder.path("bootstrap-password")
        let exists = { FileManager.default.fileExists(atPath: path) }
        #expect(FileManager.default.createFile(atPath: path, contents: Data("first\n".utf8)))
        let file = BootstrapPassword(path: path, logger: LogKeeper().logger)
        for password in [nil, "first", "first"] {
            file.compare(with: try Self.catalogue(password))
            #expect(exists())
        }
        file.compare(with: try Self.catalogue("second"))
        #expect(!exists())
        file.compare(with: try Self.catalogue("third"))
    }
}
