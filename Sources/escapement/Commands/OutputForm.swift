import ArgumentParser

/// Form of what a command prints on standard output.
enum OutputForm: String, ExpressibleByArgument, CaseIterable, Sendable {
    case table, json
}
