package import SchedulerCore
import Synchronization

/// The catalogue in force. Readers take a snapshot; whoever loads a new one replaces it whole.
package final class CatalogueHolder: Sendable {
    private let state: Mutex<Catalogue>
    private let onChange: @Sendable (Catalogue) -> Void

    /// - Parameters:
    ///   - catalogue: to begin with.
    ///   - onChange: told of every other one, before readers see it.
    package init(_ catalogue: Catalogue = .builtIn, onChange: @escaping @Sendable (Catalogue) -> Void = { _ in }) {
        state = Mutex(catalogue)
        self.onChange = onChange
    }

    package var current: Catalogue {
        get { state.withLock { $0 } }
        set {
            onChange(newValue)
            state.withLock { $0 = newValue }
        }
    }
}
