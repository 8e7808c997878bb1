/// What decisions inside a store's transaction depend on beside what is stored: settings and metadata in force.
package struct DecisionContext: Sendable {
    package var settings: RequestMachine.Settings
    package var catalogue: Catalogue

    package init(settings: RequestMachine.Settings = .init(), catalogue: Catalogue = .builtIn) {
        self.settings = settings
        self.catalogue = catalogue
    }
}
