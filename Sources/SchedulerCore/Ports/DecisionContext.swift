/// What decisions inside a store's transaction depend on beside what is stored: settings and metadata in force.
package struct DecisionContext: Sendable {
    package var settings: RequestMachine.Settings {
        didSet {
            if settings.recurrence != oldValue.recurrence { prepareWork() }
        }
    }
    package var catalogue: Catalogue {
        didSet { prepareWork() }
    }
    /// The plans of nodes by this catalogue.
    package private(set) var work: WorkPlanner

    package init(settings: RequestMachine.Settings = .init(), catalogue: Catalogue = .builtIn) {
        self.settings = settings
        self.catalogue = catalogue
        work = WorkPlanner(WorkModel(catalogue, settings: settings.recurrence))
    }

    private mutating func prepareWork() {
        work = WorkPlanner(WorkModel(catalogue, settings: settings.recurrence))
    }
}
