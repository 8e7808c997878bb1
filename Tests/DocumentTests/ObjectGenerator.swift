import SchedulerCore

/// Makes objects of all kinds with whatever texts.
struct ObjectGenerator {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func content() -> MetadataContent {
        switch Int.random(in: 0..<12, using: &random) {
        case 0:
            return .jobType(
                JobType(
                    id: MetadataObjectID(kind: .jobType, package: "/a/b", name: "T.1"),
                    displayName: optional { $0.text() },
                    executionType: ExecutionType.allCases.randomElement(using: &random) ?? .java,
                    extends: optional { _ in BuiltInJobType.http.id },
                    parameters: list { $0.parameter() }
                )
            )
        case 1:
            return .jobDefinition(
                JobDefinition(
                    id: MetadataObjectID(kind: .jobDefinition, package: "/a", name: "D"),
                    description: optional { $0.text() },
                    jobType: BuiltInJobType.process.id,
                    application: optional { $0.text() },
                    parameters: list { $0.parameter() },
                    overridable: list { $0.text() }
                )
            )
        case 2:
            return .user(
                User(
                    name: "anna@x",
                    isEnabled: .random(using: &random),
                    enterpriseID: .random(in: 0 ... .max, using: &random),
                    roles: list { _ in "R" },
                    passwordHash: optional { PasswordHashText($0.text()) }
                )
            )
        case 3:
            return .role(
                Role(
                    name: "R",
                    privileges: Set(list { $0.element(of: Privilege.allCases) }),
                    includes: list { _ in "S" }
                )
            )
        case 4: return .jobSet(jobSet())
        case 5: return .schedule(schedule())
        case 6:
            return .exclusionsDefinition(
                ExclusionsDefinition(
                    id: MetadataObjectID(kind: .exclusionsDefinition, package: "/a", name: "E"),
                    dates: list { $0.exclusion() },
                    recurrences: list { $0.recurrence() }
                )
            )
        case 7: return .incompatibility(incompatibility())
        case 8:
            return .workshift(
                Workshift(
                    id: MetadataObjectID(kind: .workshift, package: "/a", name: "W"),
                    schedule: optional { _ in MetadataObjectID(kind: .schedule, package: "/a", name: "S") },
                    duration: optional { $0.number() },
                    allocation: number(),
                    plsqlLimit: optional { $0.number() },
                    asyncJavaLimit: optional { $0.number() }
                )
            )
        case 9:
            return .workAssignment(
                WorkAssignment(
                    id: MetadataObjectID(kind: .workAssignment, package: "/a", name: "A"),
                    specialization: optional { Specialization(.comparison(.product, .notEqual, .text($0.text()))) },
                    workshifts: list { _ in MetadataObjectID(kind: .workshift, package: "/a", name: "W") },
                    isActive: .random(using: &random),
                    bindings: list {
                        WorkBinding(
                            node: $0.text(),
                            scope: $0.element(of: WorkBinding.Scope.allCases),
                            isEnabled: .random(using: &$0.random)
                        )
                    }
                )
            )
        case 10: return .purgePolicy(purgePolicy())
        default:
            return .grant(
                Grant(
                    name: "g",
                    grantee: .random(using: &random) ? .user("u") : .role("r"),
                    metadata: list {
                        MetadataRule(resource: .all, actions: Set($0.list { $0.element(of: MetadataAction.allCases) }))
                    },
                    requests: list {
                        RequestRule(
                            filter: $0.optional { $0.text() },
                            actions: RequestActionSet($0.list { $0.element(of: RequestAction.allCases) })
                        )
                    }
                )
            )
        }
    }

    mutating func parameter() -> Parameter {
        let name = text()
        return Parameter(
            name: name,
            type: SystemProperty.named(name)?.type ?? element(of: ParameterType.allCases),
            value: optional { $0.text() },
            isReadOnly: .random(using: &random),
            isSecret: .random(using: &random),
            ui: optional {
                ParameterUI(
                    prompt: $0.optional { $0.text() },
                    isHidden: .random(using: &$0.random),
                    isRequired: .random(using: &$0.random),
                    choices: $0.optional { $0.list { $0.text() } },
                    pattern: $0.optional { $0.text() },
                    max: $0.optional { $0.text() }
                )
            }
        )
    }

    mutating func text() -> String {
        let pieces = [
            "SYS_priority", ": ", "#", "- ", "on", ":", "/", "\"", "\\", "\n", "\u{1F}", "ä", "😀", "\u{2028}", "null",
            "1", " ", "x",
        ]
        let count = Int.random(in: 1...4, using: &random)
        return (0..<count).map { _ in element(of: pieces) }.joined()
    }

    mutating func element<Element>(of elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &random)]
    }

    mutating func optional<Value>(_ make: (inout Self) -> Value) -> Value? {
        Bool.random(using: &random) ? make(&self) : nil
    }

    mutating func list<Value>(_ make: (inout Self) -> Value) -> [Value] {
        var items: [Value] = []
        for _ in 0..<Int.random(in: 0...3, using: &random) { items.append(make(&self)) }
        return items
    }
}
