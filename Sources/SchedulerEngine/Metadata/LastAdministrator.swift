import Documents
import SchedulerCore

/// Keeps somebody in charge: the last enabled user with the administrator's role stays (administration §5.3).
enum LastAdministrator {
    /// - Throws: ESS-31003.
    static func check(_ plan: MetadataPlan, in snapshot: MetadataSnapshot) throws(SchedulerError) {
        let touched = plan.items.filter { $0.action != .none && ($0.id.kind == .user || $0.id.kind == .role) }
        guard !touched.isEmpty else { return }
        let before = administrators(in: snapshot.catalogue, snapshot.objects)
        let ids = Set(plan.items.map(\.id))
        let after =
            snapshot.objects.filter { !ids.contains($0.id) }
            + plan.items.compactMap { item in item.after.map { MetadataObject($0, origin: .api) } }
        guard let last = before.first, administrators(in: Catalogue(after), after).isEmpty else { return }
        throw SchedulerError(31003, last)
    }

    private static func administrators(in catalogue: Catalogue, _ objects: [MetadataObject]) -> [String] {
        objects.compactMap { object in
            guard case .user(let user) = object.content, user.isEnabled,
                catalogue.closure(ofRoles: Set(user.roles)).contains(BuiltInRoles.administrator)
            else { return nil }
            return user.name
        }
    }
}
