import SchedulerEngine
import ServiceLifecycle

/// The engine as a service: it starts once jobs can be told where the API is.
struct EngineService: Service {
    let engine: Engine
    let address: BoundAddress

    func run() async throws {
        await address.known()
        try await engine.run()
    }
}

/// A loop as a service of its own.
struct LoopService: Service {
    let loop: any EngineLoop
    let driver: LoopDriver

    func run() async throws {
        await cancelWhenGracefulShutdown { await driver.run(loop) }
    }
}
