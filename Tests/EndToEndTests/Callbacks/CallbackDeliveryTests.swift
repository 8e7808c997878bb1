import Crypto
import Foundation
import SchedulerAPI
import SchedulerCore
import Testing

/// Callbacks of real servers to a receiver that does what receivers do (REST §3.4, §5.8).
@Suite("Callbacks of a real server", .serialized, .timeLimit(.minutes(3)))
struct CallbackDeliveryTests {
    typealias Store = ServerHome.Store

    /// A pause is between 50 and 100 ms, however many tries there were.
    static let quick = ["--callback-max-pause", "100ms"]

    @Test(
        "C43: an end is told at prefix and path; after a 500 again, with the same Idempotency-Key, signed each time",
        arguments: Store.allCases
    )
    func told(_ store: Store) async throws {
        let home = try ServerHome(store, Self.documents)
        let key = "a key that both sides have"
        try home.writeSecret(Data("\(key)\n".utf8), "callback.key")
        let receiver = try CallbackReceiver([.answer(500)])
        let server = try await home.start(
            Self.quick + ["--callback-signing-key-file", home.folder.path("callback.key")]
        )
        let prefix = "\"callbackUrlPrefix\":\"\(receiver.url)/hooks//\",\"callbackResourcePath\":\"/done\""
        let id = try await server.submit("Fail", telling: "{\(prefix)}")
        let calls = try await receiver.next(2)
        let details = try await server.waitFor(id) { $0.state == .error }
        for call in calls {
            #expect(call.line == "POST /hooks/done")
            #expect(call["Content-Type"] == "application/json")
            #expect(call["Idempotency-Key"] == "escapement-\(id)-1")
            #expect(call["Authorization"] == nil)
            #expect(try isSigned(call, by: key))
        }
        #expect(calls[0].body == calls[1].body)
        let span = try #require(calls[0]["traceparent"])
        #expect(span.hasPrefix("00-\(try #require(details.ecid))-") && calls[1]["traceparent"] == span)
        let told = try calls[1].told
        #expect(told.requestId == id && told.absParentRequestId == id && told.executionAttempt == 1)
        #expect(told.state == "ERROR" && told.event == "REQUEST_ERROR" && told.errorType == "BUSINESS")
        #expect(
            told.resultMessage == "the ledger is closed" && told.resultMessage == details.errorWarningMessage
        )
        #expect(told.cause == details.cause?.rawValue && told.time == details.completedTime?.description)
        #expect(
            try calls[1].members == [
                "requestId", "state", "resultMessage", "absParentRequestId", "event", "errorType", "cause",
                "executionAttempt", "time",
            ]
        )
        let delivery = try #require(try await server.deliveries(of: id) { $0.status == .delivered }.first)
        #expect(delivery.tries == 2 && delivery.lastStatus == 200 && delivery.lastError == nil)
        #expect(delivery.idempotencyKey == calls[0]["Idempotency-Key"])
        #expect(receiver.count == 2)
        #expect(await server.stop() == 0)
    }

    @Test(
        "C43: a receiver that is slow, says 500 nine times, closes half-way and redirects is told in the end",
        arguments: Store.allCases
    )
    func unruly(_ store: Store) async throws {
        let elsewhere = try CallbackReceiver()
        let redirects = [301, 307].map { CallbackReceiver.Conduct.answer($0, fields: ["Location: \(elsewhere.url)/"]) }
        let conducts: [CallbackReceiver.Conduct] =
            [.silence] + Array(repeating: .answer(500), count: 9) + [.halfHead, .halfCall] + redirects + [.halfBody]
        let receiver = try CallbackReceiver(conducts)
        let home = try ServerHome(store)
        let server = try await home.start(Self.quick + ["--callback-timeout", "2s"], logLevel: "info")
        let id = try await server.submit("NoOp", telling: receiver.subscription())
        _ = try await server.waitFor(id) { $0.state == .succeeded }
        let ended = try await server.details(of: id)
        // The last status has come, and it is what counts: the rest of that answer is of no use to anybody.
        let delivery = try #require(try await server.deliveries(of: id) { $0.status == .delivered }.first)
        let calls = try await receiver.next(receiver.count)
        #expect(delivery.tries == conducts.count && delivery.lastStatus == 200 && delivery.lastError == nil)
        let whole = calls.filter { !$0.body.isEmpty }
        #expect(whole.count == conducts.count - 1, "one call was read by half")
        #expect(Set(whole).count == 1, "every try is the same, byte for byte")
        #expect(whole[0]["Idempotency-Key"] == "escapement-\(id)-1")
        #expect(receiver.count == conducts.count && elsewhere.count == 0, "nobody follows a redirect")
        #expect(try await server.details(of: id) == ended, "a failing receiver changes nothing")
        let log = home.folder.text("server.log")
        for (words, count) in [("No answer within", 1), ("status 500", 9), ("status 301", 1), ("status 307", 1)] {
            #expect(log.ranges(of: words).count == count, "\(words)")
        }
        #expect(log.ranges(of: "Delivery failed").count == conducts.count - 1)
        #expect(await server.stop() == 0)
    }

    @Test(
        "I61: a receiver that is down while the server is killed and started anew hears of everything, in order",
        arguments: Store.allCases
    )
    func down(_ store: Store) async throws {
        let receiver = try CallbackReceiver(isUp: false)
        let home = try ServerHome(store, Self.documents(listener: "\(receiver.url)/events"))
        var server = try await home.start(Self.quick)
        let id = try await server.submit("Listened", telling: receiver.subscription())
        _ = try await server.waitFor(id) { $0.state == .succeeded }
        let ended = try await server.details(of: id)
        // The first of each channel is tried, the others wait behind it.
        let before = try await server.deliveries(of: id) { $0.tries > 1 || $0.channel == .listener && $0.number > 1 }
        #expect(before.allSatisfy { $0.status == .pending })
        let tried = before.filter { $0.tries > 0 }
        #expect(tried.count == 2 && Set(tried.map(\.channel)) == [.callback, .listener])
        #expect(tried.allSatisfy { $0.lastError?.contains("No connection") == true && $0.lastStatus == nil })
        await server.kill()
        server = try await home.start(Self.quick)
        let after = try await server.deliveries(of: id)
        #expect(zip(before, after).allSatisfy { $0.idempotencyKey == $1.idempotencyKey && $0.tries <= $1.tries })
        #expect(after.count == before.count && after.allSatisfy { $0.status == .pending })
        // What fails once more is not overtaken.
        receiver.behave([.answer(500), .answer(500), .answer(200), .answer(500)])
        receiver.comeUp()
        let delivered = try await server.deliveries(of: id) { $0.status == .delivered }
        let calls = try await receiver.next(receiver.count)
        for (channel, path) in [(OutboxChannel.callback, "/done"), (.listener, "/events")] {
            let sent = delivered.filter { $0.channel == channel }
            var heard: [CallbackReceiver.Call] = []
            for call in calls where call.line == "POST \(path)" && call != heard.last { heard.append(call) }
            #expect(heard.compactMap { $0["Idempotency-Key"] } == sent.map(\.idempotencyKey))
            #expect(try heard.map { try $0.told.state } == sent.map(\.requestState?.rawValue))
        }
        #expect(delivered.map(\.requestState).contains(.running))
        #expect(try await server.details(of: id) == ended)
        #expect(await server.stop() == 0)
    }

    @Test("I61: a call that is under way when the server is killed comes once more", arguments: Store.allCases)
    func killed(_ store: Store) async throws {
        let receiver = try CallbackReceiver([.silence])
        let home = try ServerHome(store)
        var server = try await home.start(Self.quick)
        let id = try await server.submit("NoOp", telling: receiver.subscription())
        let first = try await receiver.next()
        await server.kill()
        server = try await home.start(Self.quick)
        let second = try await receiver.next()
        #expect(first == second)
        // What nobody knows the end of counts as no try.
        let delivery = try await server.deliveries(of: id) { $0.status == .delivered }
        #expect(delivery.map(\.tries) == [1])
        #expect(await server.stop() == 0)
    }

    @Test(
        "What is not delivered within callback.horizon is EXPIRED, and delivered once somebody asks for it",
        arguments: Store.allCases
    )
    func deadLetter(_ store: Store) async throws {
        let receiver = try CallbackReceiver(last: .answer(503))
        let home = try ServerHome(store)
        let server = try await home.start(Self.quick + ["--callback-horizon", "1s"])
        let id = try await server.submit("NoOp", telling: receiver.subscription())
        _ = try await server.waitFor(id) { $0.state == .succeeded }
        let ended = try await server.details(of: id)
        let dead = try #require(try await server.deliveries(of: id) { $0.status == .expired }.first)
        #expect(dead.tries > 1 && dead.lastStatus == 503 && dead.lastError?.contains("503") == true)
        let tried = try await receiver.next(dead.tries)
        // It has a horizon of its own.
        receiver.behave([.answer(503)])
        let again = try await server.send(.redeliver(1, of: RequestID(id)))
        #expect(again.status == .pending)
        let delivery = try #require(try await server.deliveries(of: id) { $0.status != .pending }.first)
        #expect(delivery.status == .delivered && delivery.tries == dead.tries + 2)
        #expect(delivery.lastStatus == 200 && delivery.lastError == nil)
        #expect(receiver.count == delivery.tries)
        #expect(Set(tried + (try await receiver.next(receiver.count - dead.tries))).count == 1)
        #expect(try await server.details(of: id) == ended)
        #expect(await server.stop() == 0)
    }

    // MARK: - Steps

    /// Whether the receiver, who has the key, may believe the call.
    private func isSigned(_ call: CallbackReceiver.Call, by key: String) throws -> Bool {
        let value = try #require(call["Escapement-Signature"])
        let parts = try #require(value.wholeMatch(of: /t=(\d+),v1=([0-9a-f]{64})/))
        let seconds = try #require(TimeInterval(parts.1))
        let mac = HMAC<SHA256>.authenticationCode(
            for: Data("\(parts.1).\(call.body)".utf8),
            using: SymmetricKey(data: Data(key.utf8))
        )
        let expected = mac.map { String(format: "%02x", $0) }.joined()
        return expected == parts.2 && abs(Date().timeIntervalSince1970 - seconds) < 300
    }

    private static let documents = """
        kind: JobDefinition
        package: /test
        name: Fail
        jobType: JobType://escapement/core/SwiftJobType
        parameters:
          - {name: SYS_className, value: Fail}
          - {name: submit.argument1, value: BUSINESS}
          - {name: submit.argument2, value: the ledger is closed}
        """

    private static func documents(listener: String) -> String {
        """
        kind: JobDefinition
        package: /test
        name: Listened
        jobType: JobType://escapement/core/SwiftJobType
        parameters: [{name: SYS_className, value: NoOp}, {name: SYS_listener, value: '\(listener)'}]
        """
    }
}
