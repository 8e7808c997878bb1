import ArgumentParser
import SchedulerCore

/// A kind of metadata objects as a noun of the command line (administration §7): all have the same verbs.
protocol ObjectNoun {
    static var kind: MetadataKind { get }
    static var noun: String { get }
    /// What the noun has beyond them.
    static var ownVerbs: [any ParsableCommand.Type] { get }
}

extension ObjectNoun {
    static var ownVerbs: [any ParsableCommand.Type] { [] }

    /// An id in any spelling.
    ///
    /// - Throws: ``ClientFailure`` for a text that is none of this kind.
    static func id(_ text: String) throws(ClientFailure) -> MetadataObjectID {
        do throws(SchedulerError) {
            return try MetadataObjectID(parsing: text, only: kind)
        } catch {
            throw ClientFailure(exit: .badInput, message: "\(error)")
        }
    }
}

enum TypeNoun: ObjectNoun {
    static let kind = MetadataKind.jobType
    static let noun = "type"
}

enum DefinitionNoun: ObjectNoun {
    static let kind = MetadataKind.jobDefinition
    static let noun = "definition"
}

enum JobSetNoun: ObjectNoun {
    static let kind = MetadataKind.jobSet
    static let noun = "jobset"
}

enum ScheduleNoun: ObjectNoun {
    static let kind = MetadataKind.schedule
    static let noun = "schedule"
    static let ownVerbs: [any ParsableCommand.Type] = [PreviewVerb.self]
}

enum ExclusionsNoun: ObjectNoun {
    static let kind = MetadataKind.exclusionsDefinition
    static let noun = "exclusions"
}

enum IncompatibilityNoun: ObjectNoun {
    static let kind = MetadataKind.incompatibility
    static let noun = "incompatibility"
}

enum WorkshiftNoun: ObjectNoun {
    static let kind = MetadataKind.workshift
    static let noun = "workshift"
}

enum AssignmentNoun: ObjectNoun {
    static let kind = MetadataKind.workAssignment
    static let noun = "assignment"
    static let ownVerbs: [any ParsableCommand.Type] = [
        AssignmentBind.self, AssignmentUnbind.self, AssignmentTest.self,
    ]
}

enum PolicyNoun: ObjectNoun {
    static let kind = MetadataKind.purgePolicy
    static let noun = "policy"
    static let ownVerbs: [any ParsableCommand.Type] = [
        PolicyRun.self, PolicyRuns.self, PolicyEnable.self, PolicyDisable.self,
    ]
}

enum UserNoun: ObjectNoun {
    static let kind = MetadataKind.user
    static let noun = "user"
}

enum RoleNoun: ObjectNoun {
    static let kind = MetadataKind.role
    static let noun = "role"
}

enum GrantNoun: ObjectNoun {
    static let kind = MetadataKind.grant
    static let noun = "grant"
}
