import ArgumentParser
import SchedulerAPI

/// `escapement metadata export`.
struct MetadataExport: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print stored objects as YAML documents, without secrets; applied again they keep those of the store."
    )

    @Option(help: "Package to print, those below it included; else all.")
    var package: String?

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        try session.console.raw(try await session.client.send(.export(package: package)))
        return .done
    }
}
