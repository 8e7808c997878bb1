/// How often one user may call from one address (`http.rateLimit`, `http.rateBurst`).
package struct CallRate: Hashable, Sendable {
    /// On average, at least 1.
    package let callsPerSecond: Int
    /// At once, at least 1.
    package let burst: Int

    package init(callsPerSecond: Int, burst: Int) {
        self.callsPerSecond = max(1, callsPerSecond)
        self.burst = max(1, burst)
    }
}
