import SchedulerAPI
import Synchronization

/// The link builder of the public URL in force: making one costs more than all links of an answer.
final class LinkCache: Sendable {
    private let profile: CompatibilityProfile
    private let state = Mutex<(publicURL: String, builder: LinkBuilder)?>(nil)

    init(profile: CompatibilityProfile) { self.profile = profile }

    func builder(publicURL: String) -> LinkBuilder {
        if let known = state.withLock({ $0 }), known.publicURL == publicURL { return known.builder }
        let builder = LinkBuilder(publicURL: publicURL, profile: profile)
        state.withLock { $0 = (publicURL, builder) }
        return builder
    }
}
