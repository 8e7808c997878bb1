package import SchedulerCore

/// Which applications there are: those that an object, a request or a node names (REST §5.2).
package struct ApplicationRegister: Sendable {
    private let store: any RequestStore & ClusterStore
    private let catalogue: CatalogueHolder
    private let standard: String

    /// - Parameters:
    ///   - store: knows requests and nodes.
    ///   - catalogue: knows the objects.
    ///   - standard: the application of requests that name none; the configuration of this node names it.
    package init(store: any RequestStore & ClusterStore, catalogue: CatalogueHolder, standard: String) {
        self.store = store
        self.catalogue = catalogue
        self.standard = standard
    }

    /// Whether there is an application of that name; what takes longest to find out is asked last.
    package func contains(_ name: String) async throws -> Bool {
        if standard.utf8.elementsEqual(name.utf8) || catalogue.current.names(application: name) { return true }
        let offers = try await store.nodes().compactMap { $0.start?.offer }
        if offers.contains(where: { $0.names(application: name) }) { return true }
        let named = RequestQuery(filter: .comparison(.application, .equal, .text(name)), limit: 1)
        return try await !store.requests(named).isEmpty
    }
}

extension NodeOffer {
    fileprivate func names(application name: String) -> Bool {
        applications?.contains { $0.utf8.elementsEqual(name.utf8) } ?? false
    }
}
