import ArgumentParser

/// The options of all client commands: where the server is, who calls, how to answer.
struct ConnectionOptions: ParsableArguments {
    @Option(help: "Address of the server; else ESCAPEMENT_URL, else http://127.0.0.1:8080.")
    var url: String?

    @Option(help: "Context of ~/.config/escapement/cli.yaml to take what the other options leave out from.")
    var context: String?

    @Option(help: "User to sign in as, with a password from one of the next two options or the terminal.")
    var user: String?

    @Option(help: "File whose first line is the password of --user.")
    var passwordFile: String?

    @Flag(help: "Read the password of --user from the first line of standard input.")
    var passwordStdin = false

    @Option(help: "File whose first line is an API token; else, without --user, ESCAPEMENT_TOKEN.")
    var tokenFile: String?

    @Option(help: "File of PEM certificates to trust instead of the system's.")
    var caFile: String?

    @Option(help: OutputForm.help)
    var output: OutputForm = .table

    @Flag(help: "Print only what a script needs, and no messages but errors.")
    var quiet = false

    @Flag(help: "Do not ask before what cannot be undone or concerns all; without a terminal nothing is asked.")
    var yes = false

    @Option(help: "Give up after this time, such as 30s or 5m; what was submitted goes on.")
    var timeout: DurationArgument?

    func validate() throws {
        if passwordStdin, passwordFile != nil {
            throw ValidationError("--password-stdin and --password-file exclude each other.")
        }
        if user == nil, passwordStdin || passwordFile != nil { throw ValidationError("A password needs --user.") }
        if user != nil, tokenFile != nil { throw ValidationError("--user and --token-file exclude each other.") }
        if let user, user.isEmpty || user.contains(":") {
            throw ValidationError("A user name is not empty and holds no colon.")
        }
    }
}
