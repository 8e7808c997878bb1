import Foundation
import SchedulerAPI
import SchedulerCore
import Testing

/// Who is told, and who may be (REST §3.4, §5.8, §6).
@Suite("Subscriptions of a real server", .serialized, .timeLimit(.minutes(3)))
struct CallbackSubscriptionTests {
    @Test(
        "C44: a second subscription replaces the first; DELETE gives 204, then 404, and drops what is not delivered",
        arguments: ServerHome.Store.allCases
    )
    func replaced(_ store: ServerHome.Store) async throws {
        let (first, second) = (try CallbackReceiver(), try CallbackReceiver())
        let failing = try CallbackReceiver(last: .answer(500))
        let home = try ServerHome(store)
        let server = try await home.start(CallbackDeliveryTests.quick)
        let id = try await server.submit("NoOp", telling: first.subscription(), isLater: true)
        let path = "\(ServerProcess.requests)/\(id)"
        #expect(try await server.call("POST", "\(path)/subscribe", second.subscription("again")).status == 200)
        #expect(try await server.call("GET", path).text("notificationUrl") == "\(second.url)/again")
        #expect(try await server.call("POST", "\(path)/cancel").status == 200)
        let told = try await second.next()
        #expect(told.line == "POST /again")
        #expect(try told.told.event == "REQUEST_CANCELLED")
        let late = try await server.call("POST", "\(path)/subscribe", first.subscription())
        #expect(late.status == 400 && late.text("errorCode") == "ESS-01020")

        let other = try await server.submit("NoOp", telling: failing.subscription())
        _ = try await failing.next(2)
        let otherPath = "\(ServerProcess.requests)/\(other)/subscribe"
        #expect(try await server.call("DELETE", otherPath).status == 204)
        let gone = try await server.call("DELETE", otherPath)
        #expect(gone.status == 404 && gone.text("errorCode") == "ESS-01021")
        _ = try await server.deliveries(of: other) { $0.status == .dropped }
        #expect(first.count == 0 && second.count == 1)
        #expect(await server.stop() == 0)
    }

    @Test(
        "C45: a private target is ESS-02007, one that is configured is called by its name, until it is no more",
        arguments: ServerHome.Store.allCases
    )
    func targets(_ store: ServerHome.Store) async throws {
        let receiver = try CallbackReceiver()
        let home = try ServerHome(store)
        // Loopback is allowed to it, but no more than that.
        var server = try await home.start(CallbackDeliveryTests.quick)
        for prefix in [
            "http://10.0.0.7", "http://192.168.1.1", "http://169.254.169.254", "http://[fd00::1]", "http://[::1]",
        ] {
            let callback = "{\"callbackUrlPrefix\":\"\(prefix)\",\"callbackResourcePath\":\"done\"}"
            let refused = await #expect(throws: ServerEnded.self) { try await server.submit("NoOp", telling: callback) }
            #expect(refused?.text.contains("ESS-02007") == true, "\(prefix)")
        }
        let named = "{\"callbackUrlPrefix\":\"http://localhost:\(receiver.port)\",\"callbackResourcePath\":\"done\"}"
        let id = try await server.submit("NoOp", telling: named)
        let call = try await receiver.next()
        #expect(call["Host"] == "localhost:\(receiver.port)")
        #expect(try call.told.requestId == id)
        // What was taken is judged again at each try.
        let late = try await server.submit("NoOp", telling: named, isLater: true)
        await server.kill()
        server = try await home.start(CallbackDeliveryTests.quick + ["--outbound-deny", "127.0.0.1,::1"])
        _ = try await server.send(.cancel(RequestID(late)))
        let refused = try await server.deliveries(of: late) { $0.tries > 0 }
        #expect(refused.allSatisfy { $0.lastError?.hasSuffix("its address is not allowed.") == true })
        #expect(receiver.count == 1)
        #expect(await server.stop() == 0)
    }

    @Test(
        "C79: a forced cancel is told as CANCELLED, REQUEST_CANCELLED, OPERATOR_CANCEL, once",
        arguments: ServerHome.Store.allCases
    )
    func forceCancel(_ store: ServerHome.Store) async throws {
        let receiver = try CallbackReceiver([.answer(500)])
        let home = try ServerHome(store)
        let server = try await home.start(CallbackDeliveryTests.quick + ["--force-cancel-after", "0s"])
        let id = try await server.submit("Remote")
        let path = "\(ServerProcess.requests)/\(id)"
        _ = try await server.waitFor(id) { $0.processPhase == .executeAsyncWait }
        #expect(try await server.call("POST", "\(path)/subscribe", receiver.subscription()).status == 200)
        #expect(try await server.call("POST", "\(path)/cancel").status == 200)
        #expect(try await server.deliveries(of: id).isEmpty)
        let statuses = try await withThrowingTaskGroup(of: UInt.self) { group in
            for _ in 0..<8 { group.addTask { try await server.call("POST", "\(path)/forceCancel").status } }
            return try await group.reduce(into: [UInt]()) { $0.append($1) }
        }
        #expect(statuses.filter { $0 == 200 }.count == 1, "\(statuses)")
        let calls = try await receiver.next(2)
        #expect(Set(calls).count == 1)
        let told = try calls[0].told
        #expect(told.state == "CANCELLED" && told.event == "REQUEST_CANCELLED" && told.cause == "OPERATOR_CANCEL")
        let deliveries = try await server.deliveries(of: id) { $0.status == .delivered }
        #expect(deliveries.map(\.tries) == [2] && receiver.count == 2)
        #expect(await server.stop() == 0)
    }
}
