import Foundation
import PostgresTesting

/// Another program that reads and writes an SQLite file while no store has it.
enum ForeignProgram {
    private static let script = """
        import json, sqlite3, sys
        connection = sqlite3.connect(sys.argv[1])
        print(json.dumps([[str(value) for value in row] for row in connection.execute(sys.argv[2])]))
        connection.commit()
        """

    struct Failure: Error {
        let status: Int32
    }

    /// Runs one statement.
    ///
    /// - Parameters:
    ///   - statement: SQL.
    ///   - path: of the file.
    /// - Returns: its rows, each value as text.
    /// - Throws: `Failure`; the program says why on standard error.
    static func rows(of statement: String, in path: String) throws -> [[String]] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-c", script, path, statement]
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.runAlone()
        let written = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        return try JSONDecoder().decode([[String]].self, from: written)
    }
}
