import Foundation

/// Measures a server from outside and prints a table; the figures also go to a JSON file.
@main
struct EscapementBench {
    static func main() {
        do {
            try run(Options(Array(CommandLine.arguments.dropFirst())))
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }

    private static func run(_ options: Options) throws {
        let bench = try Bench(options)
        let store = bench.postgres.map { "\($0.version), \(options.nodes) node(s)" }
        var report = Report(machine: Machine(store: store), isQuick: options.isQuick)
        print(report.machine.text)
        print(
            "Median of \(Sizes.runs) runs ± half the spread"
                + (options.isQuick ? "; QUICK: sizes too small to quote" : "")
        )
        try measure(bench) { section in
            print("\n\(section.table)")
            fflush(nil)
            report.sections.append(section)
        }
        print("\nJSON: \(try report.write(to: options.json))")
    }

    private static func measure(_ bench: Bench, _ add: (Section) -> Void) throws {
        if bench.wants(.idle) { add(try bench.idle()) }
        if bench.wants(.latency) { add(try bench.latency()) }
        if bench.wants(.submit) || bench.wants(.read) || bench.wants(.startup) {
            let folder = try bench.folder()
            try bench.with(folder) { server in
                if bench.wants(.submit) { add(try bench.submit(server, folder)) }
                if bench.wants(.read) || bench.wants(.startup) { try bench.fill(server) }
                if bench.wants(.read) { add(try bench.read(server)) }
            }
            if bench.wants(.startup) { add(try bench.startup(folder)) }
        }
        if bench.wants(.drain) { add(try bench.drain()) }
        if bench.wants(.spawn) { add(try bench.spawn()) }
        if bench.wants(.forceCancel) { add(try bench.forceCancel()) }
        if bench.wants(.locks) { add(try bench.locks()) }
        if bench.wants(.steady) { add(try bench.steady()) }
        if bench.wants(.purge) { for section in try bench.purge() { add(section) } }
        if bench.wants(.crowd) { add(try bench.crowd()) }
        if bench.wants(.queries) { add(try bench.queries()) }
        if bench.wants(.schedules) { add(try bench.schedules()) }
    }
}
