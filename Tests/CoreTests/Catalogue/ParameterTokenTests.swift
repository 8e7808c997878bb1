import SchedulerCore
import Testing

@Suite("Tokens at submit")
struct ParameterTokenTests {
    typealias Fixture = CatalogueFixture

    private func submit(_ value: String, to parameters: [Parameter] = []) throws(SchedulerError) {
        guard let definition = try? Fixture.resolved(parameters) else { throw SchedulerError(500, "no definition") }
        _ = try ParameterMerge.submit([SubmittedParameter(name: "p", type: .string, value: value)], to: definition)
    }

    @Test("ESS-05026 names what is no token, in what is submitted and in what the definition brings")
    func unknownTokens() throws {
        #expect(throws: SchedulerError(5026, "${HOME}")) { try submit("a ${HOME}") }
        #expect(throws: SchedulerError(5026, "${ESS_REQ:")) { try submit("${ESS_REQ:") }
        #expect(throws: SchedulerError(5026, "${X:y}")) { try submit("", to: [Parameter(name: "q", value: "${X:y}")]) }
        try submit("$HOME $${HOME} ${ESS_REQ:submitter} ${APP_ENV:x} ${ESS_ENV:y} }{")
    }

    @Test("A value that is secret is not quoted")
    func secretValues() throws {
        #expect(throws: SchedulerError(5026, Parameter.maskedValue)) {
            try submit("${1234}", to: [Parameter(name: "p", isSecret: true)])
        }
    }

    @Test("A secret is named by metadata only")
    func secretTokens() throws {
        #expect(throws: SchedulerError(2, "p", "x${SECRET:ledger-token}")) { try submit("x${SECRET:ledger-token}") }
        try submit("", to: [Parameter(name: "q", value: "${SECRET:ledger-token}")])
    }

    @Test("The text of a shell has braces of its own")
    func shellTexts() throws {
        let line = Parameter(name: "SYS_cmdLine", value: "echo ${HOME}")
        #expect(throws: SchedulerError(5026, "${HOME}")) { try submit("", to: [line]) }
        try submit("", to: [line, Parameter(name: "SYS_EXT_shell", type: .boolean, value: "true")])
        #expect(throws: SchedulerError(5026, "${HOME}")) {
            try submit("${HOME}", to: [line, Parameter(name: "SYS_EXT_shell", type: .boolean, value: "true")])
        }
    }
}
