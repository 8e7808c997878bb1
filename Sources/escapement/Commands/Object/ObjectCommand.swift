import ArgumentParser
import SchedulerCore

/// `escapement type`, `definition`, `user` and so on: stored objects one by one.
struct ObjectCommand<Noun: ObjectNoun>: ParsableCommand {
    static var configuration: CommandConfiguration {
        let common: [any ParsableCommand.Type] = [
            ObjectList<Noun>.self, ObjectGet<Noun>.self, ObjectCreate<Noun>.self, ObjectUpdate<Noun>.self,
            ObjectCopy<Noun>.self, ObjectDelete<Noun>.self, ObjectVersions<Noun>.self, ObjectReferrers<Noun>.self,
        ]
        let customize: [any ParsableCommand.Type] =
            CustomizableProperty.kinds.contains(Noun.kind) ? [ObjectCustomize<Noun>.self] : []
        return CommandConfiguration(
            commandName: Noun.noun,
            abstract: "Show and change stored objects of the kind \(Noun.kind.rawValue).",
            subcommands: common + customize + Noun.ownVerbs
        )
    }
}
