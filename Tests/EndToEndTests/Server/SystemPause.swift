import Dispatch

/// Lets a fault strike at a random moment: the one thing that has no event to wait for.
enum SystemPause {
    static func milliseconds(_ count: Int) async throws {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(count)) { continuation.resume() }
        }
    }
}
