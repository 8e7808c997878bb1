import FoundationEssentials

/// What the operating system gave this process.
enum ProcessSurroundings {
    static var environment: [String: String] { ProcessInfo.processInfo.environment }
}
