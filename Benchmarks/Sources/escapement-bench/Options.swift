import Foundation

/// The command line.
struct Options {
    static let usage = """
        usage: escapement-bench --server PATH [--quick] [--only NAME,…] [--json PATH] [--directory PATH]
                                [--postgres] [--nodes N]
          --server PATH      the server's release binary
          --quick            small sizes: under two minutes, and only good for seeing that everything works
          --only NAME,…      \(Measurement.allCases.map(\.rawValue).joined(separator: ", "))
          --json PATH        where the figures go (bench-results/TIME.json)
          --directory PATH   parent of the data directories, on the disk to be measured (the temporary directory)
          --postgres         on a PostgreSQL of its own instead of SQLite
          --nodes N          so many nodes that share it (1); connections are spread over them
        """

    var server = ""
    var isQuick = false
    /// All but those that take ten minutes.
    var measurements = Measurement.allCases.filter { ![.steady, .purge, .crowd, .queries, .schedules].contains($0) }
    var json: String?
    var directory = NSTemporaryDirectory()
    var isOnPostgres = false
    var nodes = 1

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let flag = rest.popFirst() {
            func value() throws -> String {
                guard let value = rest.popFirst() else { throw BenchmarkError("\(flag) needs a value\n\(Self.usage)") }
                return value
            }
            switch flag {
            case "--server": server = try value()
            case "--quick": isQuick = true
            case "--json": json = try value()
            case "--directory": directory = try value()
            case "--postgres": isOnPostgres = true
            case "--nodes":
                guard let number = Int(try value()), (1...8).contains(number) else {
                    throw BenchmarkError("--nodes takes a number from 1 to 8\n\(Self.usage)")
                }
                nodes = number
            case "--only":
                measurements = try value().split(separator: ",").map { name in
                    guard let measurement = Measurement(rawValue: String(name)) else {
                        throw BenchmarkError("no measurement is called \(name)\n\(Self.usage)")
                    }
                    return measurement
                }
            case "--help": throw BenchmarkError(Self.usage)
            default: throw BenchmarkError("\(flag) is unknown\n\(Self.usage)")
            }
        }
        guard nodes == 1 || isOnPostgres else { throw BenchmarkError("--nodes needs --postgres\n\(Self.usage)") }
        guard FileManager.default.isExecutableFile(atPath: server) else {
            throw BenchmarkError("--server must name the server's binary\n\(Self.usage)")
        }
    }
}

/// What can be asked for alone, in the order in which it runs.
enum Measurement: String, CaseIterable {
    case idle, latency, submit, read, startup, drain, spawn, forceCancel, locks, steady, purge, crowd, queries,
        schedules
}
