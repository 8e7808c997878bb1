import FoundationEssentials
import SchedulerCore

/// Users, roles and definitions of the tests. Everybody's password is the same.
enum TestCatalogue {
    static let password = "open sesame"
    /// Of that password, at the lowest accepted cost.
    static let hash = "$pbkdf2-sha256$i=10000$MDEyMzQ1Njc4OWFiY2RlZg$I1fRzPdik5F+m1JYkXkqwnEmFt/dm1VokeoVyG9DVvs"

    static func authorization(_ user: String, password: String = Self.password) -> String {
        "Basic \(Data("\(user):\(password)".utf8).base64EncodedString())"
    }

    static func user(_ name: String, roles: [String] = [], isEnabled: Bool = true) -> User {
        User(name: name, isEnabled: isEnabled, roles: roles, passwordHash: PasswordHashText(hash))
    }

    static func id(_ name: String) -> MetadataObjectID {
        MetadataObjectID(kind: .jobDefinition, package: "/acme", name: name)
    }

    static func submission(_ definition: String, _ more: String = "") -> String {
        #"{"jobDefinitionId":"JobDefinition://acme/\#(definition)"\#(more)}"#
    }

    /// anna and bert own requests, olga reads all, otto cancels what he cannot read, adam may everything, wera
    /// looks after nodes.
    static let contents: [MetadataContent] = [
        .user(user("anna")), .user(user("bert")), .user(user("olga", roles: ["ESSOperator"])),
        .user(user("adam", roles: ["EscapementAdmin"])), .user(user("essa", roles: ["ESSAdmin"])),
        .user(user("wera", roles: ["Worker"])), .role(Role(name: "Worker", privileges: [.work])),
        .user(user("otto")), .user(user("nina")), .user(user("gone", isEnabled: false)),
        .grant(submitters("anna")), .grant(submitters("bert")),
        .grant(
            Grant(
                name: "otto",
                grantee: .user("otto"),
                requests: [RequestRule(actions: RequestActionSet([.cancel]))]
            )
        ),
        .jobDefinition(definition("Sync", .process, ["SYS_cmdLine": "/bin/true"])),
        .jobDefinition(asynchronous("Async", [:])),
        .jobDefinition(asynchronous("Strict", ["SYS_EXT_handleIsCredential": "false"])),
        .jobSet(
            JobSet(
                id: MetadataObjectID(kind: .jobSet, package: "/acme", name: "Nightly"),
                executionMode: .serial,
                steps: [
                    JobSetStep(stepID: "load", job: id("Sync")), JobSetStep(stepID: "count", job: id("Typed")),
                ]
            )
        ),
        .schedule(
            StoredSchedule(
                id: MetadataObjectID(kind: .schedule, package: "/acme", name: "Daily"),
                displayName: "Every day",
                timezone: "Europe/Berlin",
                recurrences: [WrittenRecurrence(icalString: "FREQ=DAILY;BYHOUR=6;BYMINUTE=0;BYSECOND=0")],
                overlapPolicy: .skip
            )
        ),
        .jobDefinition(definition("Code", .swift, ["SYS_className": "Sample"])),
        .jobDefinition(
            definition(
                "Typed",
                .process,
                ["SYS_cmdLine": "/bin/true"],
                [
                    Parameter(name: "count", type: .integer, value: "1"),
                    Parameter(name: "fixed", value: "x", isReadOnly: true),
                ]
            )
        ),
    ]

    /// What only some tests submit; lists of metadata do not have it.
    static let special: [MetadataContent] = [
        .jobDefinition(asynchronous("Once", ["SYS_allowMultPending": "false"])),
        .jobDefinition(asynchronous("Single", ["SYS_EXT_maxConcurrent": "1"])),
        .jobDefinition(asynchronous("Alone", [:])),
        .incompatibility(
            Incompatibility(
                id: MetadataObjectID(kind: .incompatibility, package: "/acme", name: "Alone"),
                type: .global,
                entities: [IncompatibleEntity(entity: id("Alone"), isSelfIncompatible: true)]
            )
        ),
        .jobDefinition(definition("Brief", .process, ["SYS_cmdLine": "/bin/true", "SYS_requestExpiration": "1"])),
        .jobDefinition(
            definition(
                "Post",
                .process,
                ["SYS_cmdLine": "/bin/true", "SYS_postProcess": "https://jobs.example.org/post"]
            )
        ),
        .jobDefinition(
            definition("Ledger", .process, ["SYS_cmdLine": "/bin/true", "SYS_effectiveApplication": "Books"], of: "Gl")
        ),
    ]

    static let catalogue = catalogue(contents + special)

    static func catalogue(_ contents: [MetadataContent]) -> Catalogue {
        Catalogue(contents.map { MetadataObject($0, origin: .directory) })
    }

    private static func submitters(_ user: String) -> Grant {
        Grant(
            name: user,
            grantee: .user(user),
            metadata: [MetadataRule(resource: .all, actions: [.execute])]
        )
    }

    /// Runs as somebody, whoever submits it; a handle of it is no credential.
    static func elevated(_ name: String, runningAs user: String) -> MetadataContent {
        .jobDefinition(asynchronous(name, ["SYS_EXT_handleIsCredential": "false", "SYS_runasApplicationID": user]))
    }

    private static func asynchronous(_ name: String, _ values: [String: String]) -> JobDefinition {
        let call = ["SYS_EXT_httpUrl": "https://jobs.example.org/a", "SYS_EXT_httpMode": "async"]
        return definition(name, .http, call.merging(values) { $1 })
    }

    private static func definition(
        _ name: String,
        _ type: BuiltInJobType,
        _ values: [String: String],
        _ parameters: [Parameter] = [],
        of application: String? = nil
    ) -> JobDefinition {
        JobDefinition(
            id: id(name),
            jobType: type.id,
            application: application,
            parameters: values.map { Parameter(name: $0.key, value: $0.value) } + parameters
        )
    }
}
