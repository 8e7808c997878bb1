extension JobType: MetadataDocument {
    package var references: [MetadataReference] { extends.map { [MetadataReference("/extends", $0)] } ?? [] }
}

extension JobDefinition: MetadataDocument {
    package var references: [MetadataReference] { [MetadataReference("/jobType", jobType)] }
}

extension JobSet: MetadataDocument {
    package var references: [MetadataReference] {
        steps.enumerated().map { MetadataReference("/steps/\($0.offset)/job", $0.element.job) }
    }
}

extension StoredSchedule: MetadataDocument {
    package var references: [MetadataReference] {
        MetadataReference.all("/exclusionsDefinitions", exclusionsDefinitions)
    }
}

extension ExclusionsDefinition: MetadataDocument {
    package var references: [MetadataReference] { [] }
}

extension Incompatibility: MetadataDocument {
    package var references: [MetadataReference] {
        entities.enumerated().map { MetadataReference("/entities/\($0.offset)/entity", $0.element.entity) }
    }
}

extension Workshift: MetadataDocument {
    package var references: [MetadataReference] { schedule.map { [MetadataReference("/schedule", $0)] } ?? [] }
}

extension WorkAssignment: MetadataDocument {
    package var references: [MetadataReference] { MetadataReference.all("/workshifts", workshifts) }
}

extension PurgePolicy: MetadataDocument {
    package var references: [MetadataReference] { schedule.map { [MetadataReference("/schedule", $0)] } ?? [] }
}

extension User: MetadataDocument {
    package var references: [MetadataReference] { MetadataReference.all("/roles", .role, named: roles) }
}

extension Role: MetadataDocument {
    package var references: [MetadataReference] { MetadataReference.all("/includes", .role, named: includes) }
}

extension Grant: MetadataDocument {
    package var references: [MetadataReference] {
        switch grantee {
        case .user(let name): [MetadataReference("/grantee/user", .user, named: name)]
        case .role(let name): [MetadataReference("/grantee/role", .role, named: name)]
        }
    }
}
