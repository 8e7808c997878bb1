import Dispatch
import Executors
import Foundation
import Glibc
import SchedulerCore
import Testing

/// A store in a directory of its own, removed afterwards.
private func withStore(
    maxLogSize: Int64 = 1 << 20,
    maxOutputSize: Int64 = 1 << 20,
    _ body: (FileContentStore, String) throws -> Void
) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/content-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let settings = FileContentStore.Settings(maxLogSize: maxLogSize, maxOutputSize: maxOutputSize)
    try body(FileContentStore(root: "\(folder)/content", settings: settings), folder)
}

private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
}

private func text(_ slice: ContentSlice?) -> String? { slice.map { String(decoding: $0.bytes, as: UTF8.self) } }

private func mode(_ path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
}

private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

@Suite("Logs and outputs")
struct FileContentStoreTests {
    private let time = Timestamp(milliseconds: 1_803_879_000_000)
    private let id = RequestID(1_234_567)

    @Test("lie below the root in folders of a thousand, closed to others")
    func layout() throws {
        try withStore { (store, folder) throws in
            let log = try store.logPath(of: id)
            #expect(log == "\(folder)/content/1/234/1234567/1234567.log")
            #expect(try store.log(of: id, from: 0, limit: 10) == nil)
            try store.appendLog("x", of: id, level: .info, at: time)
            let output = try store.outputDirectory(of: id)
            #expect(output == "\(folder)/content/1/234/1234567/out")
            try store.writeOutput([1], name: "a", of: id)
            for path in ["content", "content/1", "content/1/234", "content/1/234/1234567", "content/1/234/1234567/out"]
            {
                #expect(mode("\(folder)/\(path)") == 0o700, "\(path)")
            }
            #expect(mode(log) == 0o600 && mode("\(output)/a") == 0o600)
            // A second start finds everything again.
            let again = try FileContentStore(root: "\(folder)/content")
            #expect(try again.outputs(of: id) == [OutputFile(name: "a", size: 1)])
        }
    }

    @Test("are listed by request, folder by folder, whatever else lies there")
    func listing() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/content-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try FileContentStore(root: folder)
        let numbers: [Int64] = [1, 2, 999, 1000, 1_999_999, 2_000_000, 10_000_000]
        for number in numbers { _ = try store.logPath(of: RequestID(number)) }
        for path in ["x", "0/x", "0/0/x", "0/0/01", "0/0/7777", "0/5000", "-1"] {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(path)",
                withIntermediateDirectories: true
            )
        }
        let remover = ContentRemover(store)
        var found: [Int64] = []
        var pieces = 0
        while true {
            let piece = try await remover.contents(after: found.last.map { RequestID($0) })
            if piece.isEmpty { break }
            found += piece.map(\.id.value)
            pieces += 1
        }
        #expect(found == numbers)
        #expect(pieces == 5)
        #expect(try await remover.contents(after: RequestID(999)).map(\.id.value) == [1000])
        try await remover.remove([RequestID(1000), RequestID(3), RequestID(10_000_000)])
        #expect(try await remover.contents(after: RequestID(999)).map(\.id.value) == [1_999_999])
        #expect(try await remover.contents(after: RequestID(2_000_000)).isEmpty)
    }

    @Test("do not begin in something that is no directory")
    func badRoot() throws {
        try withStore { (_, folder) throws in
            try write("", to: "\(folder)/file")
            symlink("\(folder)/content", "\(folder)/link")
            for name in ["file", "link", "missing/deeper"] {
                #expect(throws: ContentError.self) { try FileContentStore(root: "\(folder)/\(name)") }
            }
        }
    }

    @Test("have stamped lines that cannot pretend to be others")
    func lines() throws {
        try withStore { (store, _) throws in
            try store.appendLog("one\u{1B}[2J\ttwo\u{0}", of: id, level: .warning, at: time)
            try store.appendLog("three\r\nfour\rfive\u{2028}six", of: id, level: .error, at: time)
            let stamp = "2027-03-01T05:30:00.000Z"
            let expected =
                "\(stamp) WARNING one[2J two\n\(stamp) ERROR three\n\(stamp) ERROR four\n\(stamp) ERROR five\n"
                + "\(stamp) ERROR six\n"
            #expect(text(try store.log(of: id, from: 0, limit: 1000)) == expected)
        }
    }

    @Test("are cut at the cap with one marker")
    func logCap() throws {
        let line = "2027-03-01T05:30:00.000Z INFO x\n"
        let cap = Int64(line.utf8.count) * 2 + 5
        try withStore(maxLogSize: cap) { (store, _) throws in
            for _ in 0..<5 { try store.appendLog("x", of: id, level: .info, at: time) }
            let marker = "\n[output cut: the limit of \(cap) bytes is reached]\n"
            #expect(text(try store.log(of: id, from: 0, limit: 1000)) == line + line + "2027-" + marker)
        }
        // A log that fits exactly has no marker until something does not.
        try withStore(maxLogSize: Int64(line.utf8.count)) { (store, _) throws in
            try store.appendLog("x", of: id, level: .info, at: time)
            #expect(text(try store.log(of: id, from: 0, limit: 1000)) == line)
            try store.appendLog("x", of: id, level: .info, at: time)
            try store.appendLog("x", of: id, level: .info, at: time)
            let marker = "\n[output cut: the limit of \(line.utf8.count) bytes is reached]\n"
            #expect(text(try store.log(of: id, from: 0, limit: 1000)) == line + marker)
        }
    }

    @Test("are read in slices")
    func slices() throws {
        try withStore { (store, _) throws in
            try store.writeOutput(Array("0123456789".utf8), name: "a", of: id)
            for (offset, limit, expected) in [
                (0, 3, "012"), (8, 5, "89"), (10, 5, ""), (99, 5, ""), (-5, 2, "01"), (0, 0, ""), (0, -1, ""),
                (3, 999, "3456789"),
            ] as [(Int64, Int, String)] {
                let slice = try store.output(of: id, name: "a", from: offset, limit: limit)
                #expect(text(slice) == expected && slice?.totalSize == 10, "\(offset) \(limit)")
            }
            #expect(try store.output(of: id, name: "b", from: 0, limit: 1) == nil)
            #expect(try store.output(of: id, name: "../1234567.log", from: 0, limit: 1) == nil)
            #expect(try store.outputs(of: RequestID(1)).isEmpty)
        }
    }

    @Test(
        "have names of harmless characters only",
        arguments: [
            "", ".", "..", "a/b", "../a", "a b", "ü", "a\n", "a\u{0}", String(repeating: "x", count: 129), "a:b", "~",
            "-%",
        ]
    )
    func badNames(_ name: String) throws {
        try withStore { (store, folder) throws in
            #expect(throws: ContentError.badName) { try store.writeOutput([1], name: name, of: id) }
            #expect(try store.outputs(of: id).isEmpty)
            #expect(!exists("\(folder)/content/1"))
        }
    }

    @Test("may have all the others, and replace what an earlier attempt stored")
    func goodNames() throws {
        try withStore { (store, _) throws in
            for name in ["a", ".hidden", "-x", "A.b_c-9", String(repeating: "x", count: 128), "..."] {
                try store.writeOutput([1], name: name, of: id)
                try store.writeOutput([2, 3], name: name, of: id)
                #expect(try store.output(of: id, name: name, from: 0, limit: 9)?.bytes == [2, 3])
            }
            #expect(try store.outputs(of: id).count == 6)
            #expect(try store.outputs(of: id).map(\.name) == store.outputs(of: id).map(\.name).sorted())
        }
    }

    @Test("written by many at once under one name are those of one of them, whole")
    func concurrentOutputs() throws {
        try withStore { (store, folder) throws in
            DispatchQueue.concurrentPerform(iterations: 40) { number in
                try? store.writeOutput([UInt8](repeating: UInt8(number), count: 100_000), name: "a", of: id)
            }
            let bytes = try #require(try store.output(of: id, name: "a", from: 0, limit: 200_000)?.bytes)
            #expect(bytes.count == 100_000 && Set(bytes).count == 1)
            let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/content/1/234/1234567")
            #expect(left == ["out"])
        }
    }

    @Test("that are too large are refused whole")
    func outputCap() throws {
        try withStore(maxOutputSize: 3) { (store, _) throws in
            try store.writeOutput([1, 2, 3], name: "a", of: id)
            #expect(throws: ContentError.tooLarge(limit: 3)) { try store.writeOutput([1, 2, 3, 4], name: "a", of: id) }
            #expect(try store.outputs(of: id) == [OutputFile(name: "a", size: 3)])
        }
    }

    @Test("are taken from a job's directory, plain files only")
    func collect() throws {
        try withStore(maxOutputSize: 10) { (store, folder) throws in
            let out = "\(folder)/out"
            try FileManager.default.createDirectory(atPath: "\(out)/folder", withIntermediateDirectories: true)
            try write("secret", to: "\(folder)/secret")
            try write("report", to: "\(out)/report.txt")
            try write("", to: "\(out)/empty")
            try write("0123456789x", to: "\(out)/large.bin")
            try write("x", to: "\(out)/bad name\n")
            symlink("\(folder)/secret", "\(out)/link")
            link("\(folder)/secret", "\(out)/hard")
            mkfifo("\(out)/pipe", 0o600)
            try store.writeOutput([9], name: "report.txt", of: id)
            try store.writeOutput([9], name: "kept", of: id)
            let collection = try store.collectOutputs(from: out, of: id)
            #expect(
                collection.stored == [
                    OutputFile(name: "empty", size: 0), OutputFile(name: "large.bin", size: 10),
                    OutputFile(name: "report.txt", size: 6),
                ]
            )
            let refused = "was not stored: it is no plain file with one name."
            #expect(
                Set(collection.remarks) == [
                    "The output “bad name?” was not stored: its name is not allowed.", "The output folder \(refused)",
                    "The output hard \(refused)", "The output link \(refused)", "The output pipe \(refused)",
                    "The output large.bin was cut at the limit of 10 bytes.",
                ]
            )
            #expect(try store.outputs(of: id).map(\.name) == ["empty", "kept", "large.bin", "report.txt"])
            #expect(text(try store.output(of: id, name: "report.txt", from: 0, limit: 99)) == "report")
            #expect(text(try store.output(of: id, name: "large.bin", from: 0, limit: 99)) == "0123456789")
        }
    }

    @Test("are not looked for in a directory that is missing or a link")
    func noDirectory() throws {
        try withStore { (store, folder) throws in
            #expect(try store.collectOutputs(from: "\(folder)/missing", of: id) == OutputCollection())
            symlink(folder, "\(folder)/link")
            #expect(throws: ContentError.self) { try store.collectOutputs(from: "\(folder)/link", of: id) }
        }
    }

    @Test("of one attempt are bounded in number")
    func manyOutputs() throws {
        try withStore { (store, folder) throws in
            let out = "\(folder)/out"
            try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
            for number in 0..<1005 { close(open("\(out)/\(number)", O_CREAT | O_WRONLY, 0o600)) }
            let collection = try store.collectOutputs(from: out, of: id)
            #expect(collection.stored.count == 1000)
            #expect(collection.remarks == ["Of more than 1000 outputs only some were stored."])
        }
    }

    @Test("of a request go together, and leave no empty folders")
    func remove() throws {
        try withStore { (store, folder) throws in
            let neighbour = RequestID(1_234_568)
            for request in [id, neighbour] {
                try store.appendLog("x", of: request, level: .info, at: time)
                try store.writeOutput([1], name: "a", of: request)
            }
            let inside = try store.outputDirectory(of: id) + "/deep/deeper"
            try FileManager.default.createDirectory(atPath: inside, withIntermediateDirectories: true)
            try write("x", to: "\(inside)/x")
            try write("outside", to: "\(folder)/outside")
            symlink("\(folder)/outside", "\(inside)/link")
            try store.remove(id)
            #expect(try store.log(of: id, from: 0, limit: 1) == nil && store.outputs(of: id).isEmpty)
            #expect(try store.log(of: neighbour, from: 0, limit: 1) != nil)
            #expect(exists("\(folder)/outside"))
            try store.remove(id)
            try store.remove(neighbour)
            #expect(!exists("\(folder)/content/1") && exists("\(folder)/content"))
            try store.appendLog("again", of: id, level: .info, at: time)
            #expect(try store.log(of: id, from: 0, limit: 1) != nil)
        }
    }
}
