import Foundation

/// The command line.
struct Options {
    static let usage = """
        usage: escapement-bench --server PATH [--quick] [--only NAME,…] [--json PATH] [--directory PATH]
          --server PATH      the server's release binary
          --quick            small sizes: under two minutes, and only good for seeing that everything works
          --only NAME,…      \(Measurement.allCases.map(\.rawValue).joined(separator: ", "))
          --json PATH        where the figures go (bench-results/TIME.json)
          --directory PATH   parent of the data directories, on the disk to be measured (the temporary directory)
        """

    var server = ""
    var isQuick = false
    var measurements = Measurement.allCases
    var json: String?
    var directory = NSTemporaryDirectory()

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
        guard FileManager.default.isExecutableFile(atPath: server) else {
            throw BenchmarkError("--server must name the server's binary\n\(Self.usage)")
        }
    }
}

/// What can be asked for alone, in the order in which it runs.
enum Measurement: String, CaseIterable {
    case idle, latency, submit, read, startup, drain, spawn, forceCancel
}
