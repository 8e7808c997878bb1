/// Whether the users of a request may still have it run when it starts (runtime §1.4, administration §5.3).
///
/// For one pass over one catalogue: what it finds out of a user it remembers.
struct StartRights {
    private let catalogue: Catalogue
    private var decisions: [String: RightsDecision] = [:]

    init(_ catalogue: Catalogue) { self.catalogue = catalogue }

    /// Why the request may not start; nil if it may.
    ///
    /// A name without a User object is known by its token alone, or is no user but an application: nothing here can
    /// say that it was switched off.
    mutating func refusal(of request: JobRequest) -> (cause: Cause, text: String)? {
        let facts = request.facts
        for name in [facts.submitter, facts.runAsUser] where catalogue.user(named: name)?.isEnabled == false {
            return (.requestLoginError, "User \(name) is disabled.")
        }
        guard let user = catalogue.user(named: facts.submitter) else { return nil }
        let decision = decisions[user.name] ?? RightsDecision(principal: Principal(user), catalogue: catalogue)
        decisions[user.name] = decision
        guard !decision.allows(.execute, on: facts.definitionID) else { return nil }
        return (.requestAuthorizationFailed, "User \(user.name) may no longer execute \(facts.definitionID).")
    }
}
