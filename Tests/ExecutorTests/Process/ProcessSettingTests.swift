import Executors
import Foundation
@preconcurrency import Glibc
import SchedulerCore
import Testing

struct ProcessSettingTests {
    @Test("Lists are asked in the order cancel, pause, success, warning, business")
    func exitCodes() throws {
        var map = ExitCodeMap()
        #expect([0, 3, 4, 1, 255].map(map.meaning) == [.success, .warning, .businessError, .failure, .failure])
        map.businessError = [1, 2, 3, 4, 5, 6]
        map.warning = [1, 2, 3, 4, 5]
        map.success = [1, 2, 3]
        map.paused = [1, 2]
        map.cancelled = [1]
        let meanings: [ExitCodeMap.Meaning] = [
            .failure, .cancelled, .paused, .success, .warning, .warning, .businessError, .failure,
        ]
        #expect((0..<8).map { map.meaning(of: $0) } == meanings)
        #expect(try ExitCodeMap.list(" 0, 7 ,255") == [0, 7, 255])
        #expect(try ExitCodeMap.list("") == [])
        for text in ["256", "-1", "x", "1 2"] {
            #expect(throws: ProcessSettingError.self) { try ExitCodeMap.list(text) }
        }
    }

    @Test("Limits are read with units and the lower ones win")
    func limits() throws {
        let limits = try ProcessLimits(parsing: "memory=512MiB, files=256,cpu=600,fileSize=0,processes=5,processes=6")
        #expect(limits == ProcessLimits(cpu: 600, memory: 512 << 20, processes: 6, files: 256))
        let server = ProcessLimits(cpu: 60, fileSize: 10, files: 1024)
        let both = ProcessLimits(cpu: 60, memory: 512 << 20, processes: 6, fileSize: 10, files: 256)
        #expect(limits.lower(of: server) == both && server.lower(of: limits) == both)
        #expect(try ProcessLimits(parsing: "memory=20000000000TiB,files=18446744073709551615").files == nil)
        for text in ["memory", "memory=", "memory=1mb", "cpu=1s", "stack=5", "files=-1", "files=1KiB"] {
            #expect(throws: ProcessSettingError.self) { try ProcessLimits(parsing: text) }
        }
    }

    @Test("A41 The environment holds what is allowed; facts win; LD_… and ESCAPEMENT_… never pass")
    func environment() {
        let environment = JobEnvironment(
            server: ["PATH": "/bin", "HOME": "/root", "LD_PRELOAD": "/x", "ESCAPEMENT_ADMIN_PASSWORD": "secret"],
            allowed: ["PATH", "TZ", "LD_PRELOAD", "ESCAPEMENT_ADMIN_PASSWORD"],
            definition: [
                "LD_AUDIT": "/y", "ESCAPEMENT_X": "1", "ESS_REQUEST_ID": "8", "A": "b=c", "bad name": "x", "N": "\0",
            ],
            shell: ["ESC_x": "y"],
            facts: ["ESS_REQUEST_ID": "7"]
        )
        #expect(environment.variables == ["PATH": "/bin", "A": "b=c", "ESC_x": "y", "ESS_REQUEST_ID": "7"])
    }

    @Test("Root by any name needs permission, other users must be listed")
    func users() throws {
        let service = JobUser(name: "service", userID: 10, groupID: 10, groups: [10])
        let toor = JobUser(name: "toor", userID: 0, groupID: 0, groups: [0])
        let known = ["batch": JobUser(name: "batch", userID: 11, groupID: 11, groups: [11]), "toor": toor]
        var policy = JobUserPolicy(standard: service, allowed: ["batch", "toor", "gone"], allowsRoot: false)
        func user(_ name: String?) throws -> String { try policy.user(for: name) { known[$0] }.name }
        #expect(try user(nil) == "service" && user("") == "service" && user("service") == "service")
        #expect(try user("batch") == "batch")
        for name in ["toor", "gone", "root"] { #expect(throws: ProcessSettingError.self) { try user(name) } }
        policy = JobUserPolicy(standard: toor, allowed: [], allowsRoot: false)
        #expect(throws: ProcessSettingError.self) { try user(nil) }
        policy = JobUserPolicy(standard: toor, allowed: [], allowsRoot: true)
        #expect(try user(nil) == "toor")
    }

    @Test("The user database is asked for numbers and groups")
    func lookUp() throws {
        let root = try #require(try JobUser.lookUp("root"))
        #expect(root.userID == 0 && root.groups.contains(root.groupID))
        #expect(try JobUser.lookUp("no such user") == nil)
        #expect(try JobUser.current().userID == geteuid())
    }
}

struct RequestDirectoriesTests {
    private func mode(_ path: String) throws -> (mode: mode_t, owner: uid_t) {
        var status = stat()
        try #require(lstat(path, &status) == 0)
        return (status.st_mode & 0o7777, status.st_uid)
    }

    @Test("The job's directories are its user's alone, the request's only passed through")
    func create() throws {
        let bench = try ProcessBench()
        let user = runsAsRoot ? try #require(try JobUser.lookUp("nobody")) : try JobUser.current()
        for _ in 0..<2 {
            let directories = try RequestDirectories.create(in: bench.file("requests"), for: RequestID(7), owner: user)
            #expect(directories.work == bench.file("requests/7/work"))
            #expect(try mode(directories.request) == (0o711, geteuid()))
            #expect(try mode(bench.file("requests")) == (0o711, geteuid()))
            for path in [directories.work, directories.log, directories.out] {
                #expect(try mode(path) == (0o700, user.userID))
            }
        }
    }

    @Test("Links and strangers' directories are refused", arguments: ["9", "9/work", "9/out"])
    func links(link: String) throws {
        let bench = try ProcessBench()
        let user = try JobUser.current()
        if link != "9" { try #require(mkdir(bench.file("9"), 0o711) == 0) }
        try #require(
            mkdir(bench.file("elsewhere"), 0o755) == 0 && symlink(bench.file("elsewhere"), bench.file(link)) == 0
        )
        #expect(throws: ProcessSystemError.self) {
            try RequestDirectories.create(in: bench.folder, for: RequestID(9), owner: user)
        }
        #expect(try mode(bench.file("elsewhere")).mode == 0o755)
    }

    @Test("A directory that somebody else made for the request is refused", .enabled(if: runsAsRoot))
    func stranger() throws {
        let bench = try ProcessBench()
        try #require(mkdir(bench.file("9"), 0o777) == 0 && chown(bench.file("9"), 65534, 65534) == 0)
        #expect(throws: ProcessSystemError(("creating the directory \(bench.file("9"))"), code: EPERM)) {
            try RequestDirectories.create(in: bench.folder, for: RequestID(9), owner: try JobUser.current())
        }
    }

    @Test("The paused state is read whole, from a plain file of the user only")
    func pausedState() throws {
        let bench = try ProcessBench()
        let user = try JobUser.current()
        let directories = try RequestDirectories.create(in: bench.folder, for: RequestID(3), owner: user)
        #expect(try directories.pausedState(limit: 5, of: user) == nil)
        try "a\n\u{e9}".write(toFile: directories.pausedState, atomically: false, encoding: .utf8)
        #expect(try directories.pausedState(limit: 4, of: user) == "a\n\u{e9}")
        #expect(throws: ProcessSettingError.self) { try directories.pausedState(limit: 3, of: user) }
        let other = JobUser(name: "other", userID: user.userID + 1, groupID: 1, groups: [])
        #expect(throws: ProcessSettingError.self) { try directories.pausedState(limit: 5, of: other) }
        try directories.removePausedState()
        #expect(try directories.pausedState(limit: 5, of: user) == nil)
        try #require(symlink("/etc/hostname", directories.pausedState) == 0)
        #expect(throws: ProcessSystemError.self) { try directories.pausedState(limit: 500, of: user) }
        try directories.removePausedState()
        #expect(!directories.hasOutputs)
        try "x".write(toFile: directories.out + "/x", atomically: false, encoding: .utf8)
        #expect(directories.hasOutputs)
    }
}
