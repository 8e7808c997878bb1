package import SchedulerCore
import Synchronization

/// The catalogue in force. Readers take a snapshot; whoever loads a new one replaces it whole.
package final class CatalogueHolder: Sendable {
    private let state: Mutex<Catalogue>

    package init(_ catalogue: Catalogue = .builtIn) { state = Mutex(catalogue) }

    package var current: Catalogue {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
