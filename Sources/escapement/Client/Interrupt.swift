import Glibc

/// What Ctrl-C does to a client command: the command ends with status 130 and says that the request does not.
enum Interrupt {
    private static let message: StaticString = "\nescapement: interrupted; what was submitted goes on\n"

    static func install() {
        signal(SIGINT) { _ in
            // Only what is allowed within a signal handler.
            _ = Interrupt.message.withUTF8Buffer { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            _exit(ClientExit.interrupted.rawValue)
        }
    }
}
