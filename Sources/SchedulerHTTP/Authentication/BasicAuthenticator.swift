import Crypto
import Dispatch
import SchedulerCore
import SchedulerEngine
import Synchronization

/// Proves who calls by HTTP Basic (administration §5.1).
///
/// A password costs some 100 ms to prove, so a success is remembered for a while: keyed by a MAC over the header under
/// a key of this process, and only as long as the user's document is the same. Callers that come with one header at
/// the same time share one proof. Proofs run on few threads of their own, off the pool that serves calls.
final class BasicAuthenticator: Sendable {
    /// What a proof is shared by: the same header from the same address.
    private struct ProofKey: Hashable {
        let digest: [UInt8]
        let address: String
    }

    private struct Proven {
        let user: User
        let until: Duration
    }

    private typealias Waiter = CheckedContinuation<Result<User, Refusal>, Never>

    private struct State {
        var proven: [[UInt8]: Proven] = [:]
        var waiting: [ProofKey: [Waiter]] = [:]
        var limiter = SignInLimiter()
        var nextWorker = 0
    }

    private let state = Mutex(State())
    private let catalogue: CatalogueHolder
    private let time: any TimeSource
    private let key = SymmetricKey(size: .bits256)
    private let workers: [DispatchQueue]

    init(catalogue: CatalogueHolder, time: any TimeSource) {
        self.catalogue = catalogue
        self.time = time
        workers = (0..<HTTPLimits.signInWorkers).map { DispatchQueue(label: "sign-in-\($0)") }
    }

    /// The user who the header proves.
    ///
    /// - Parameters:
    ///   - header: value of `Authorization`.
    ///   - address: of the caller, for counting failures.
    /// - Returns: the user as the catalogue has him now.
    /// - Throws: `Refusal` with ESS-05025 or ESS-02001.
    func user(_ header: String, address: String?) async throws -> User {
        guard header.utf8.count <= HTTPLimits.authorizationBytesMax else { throw Refusal.unauthenticated }
        let now = time.monotonicNow()
        let digest = Array(HMAC<SHA256>.authenticationCode(for: Array(header.utf8), using: key))
        let address = address ?? ""
        if let user = try remembered(digest, address: address, now: now) { return user }
        guard let credentials = BasicCredentials(header) else { throw Refusal.unauthenticated }
        let result = await withCheckedContinuation { (waiter: Waiter) in
            prove(credentials, ProofKey(digest: digest, address: address), waiter: waiter)
        }
        return try result.get()
    }

    /// A success of the last minutes, if its user is still the same; a pause after failures comes before it, else
    /// whoever guesses could go on while the right password is remembered.
    private func remembered(_ digest: [UInt8], address: String, now: Duration) throws -> User? {
        let found = state.withLock { state -> (proven: Proven, wait: Duration?)? in
            guard let proven = state.proven[digest] else { return nil }
            let key = SignInLimiter.Key(user: proven.user.name, address: address)
            return (proven, state.limiter.refusal(key, now: now))
        }
        guard let found else { return nil }
        if let wait = found.wait { throw Refusal.tooMany(retryAfter: wait) }
        if now < found.proven.until, catalogue.current.user(named: found.proven.user.name) == found.proven.user {
            return found.proven.user
        }
        state.withLock { _ = $0.proven.removeValue(forKey: digest) }
        return nil
    }

    private func prove(_ credentials: BasicCredentials, _ key: ProofKey, waiter: Waiter) {
        let now = time.monotonicNow()
        let limiterKey = SignInLimiter.Key(user: credentials.name, address: key.address)
        enum Step { case joined, refused(Duration), start(Int) }
        let step = state.withLock { state -> Step in
            if state.waiting[key] != nil {
                state.waiting[key]?.append(waiter)
                return .joined
            }
            if let wait = state.limiter.refusal(limiterKey, now: now) { return .refused(wait) }
            guard state.waiting.count < HTTPLimits.signInsWaitingMax else { return .refused(.seconds(1)) }
            if let wait = state.limiter.begin(limiterKey, now: now) { return .refused(wait) }
            state.waiting[key] = [waiter]
            state.nextWorker = (state.nextWorker + 1) % HTTPLimits.signInWorkers
            return .start(state.nextWorker)
        }
        switch step {
        case .joined: break
        case .refused(let wait): waiter.resume(returning: .failure(.tooMany(retryAfter: wait)))
        case .start(let worker):
            workers[worker].async { [self] in
                settle(key, limiterKey, user: proven(credentials))
            }
        }
    }

    /// The user, if the password is his and he may sign in. Takes the same time for unknown users.
    private func proven(_ credentials: BasicCredentials) -> User? {
        let user = catalogue.current.user(named: credentials.name)
        let hash = user?.passwordHash.flatMap { try? PasswordHash(parsing: $0.text) }
        let isRight = (hash ?? .decoy).verify(credentials.password)
        guard let user, hash != nil, isRight, user.isEnabled else { return nil }
        return user
    }

    private func settle(_ key: ProofKey, _ limiterKey: SignInLimiter.Key, user: User?) {
        let now = time.monotonicNow()
        let waiters = state.withLock { state -> [Waiter] in
            state.limiter.end(limiterKey, succeeded: user != nil, now: now)
            if let user {
                if state.proven.count >= HTTPLimits.signInsCachedMax {
                    state.proven = state.proven.filter { now < $0.value.until }
                }
                if state.proven.count < HTTPLimits.signInsCachedMax {
                    state.proven[key.digest] = Proven(user: user, until: now + HTTPLimits.signInCached)
                }
            }
            return state.waiting.removeValue(forKey: key) ?? []
        }
        for waiter in waiters {
            waiter.resume(returning: user.map { .success($0) } ?? .failure(.unauthenticated))
        }
    }
}
