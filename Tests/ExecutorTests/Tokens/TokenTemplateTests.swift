import SchedulerCore
import Testing

@Suite("Tokens in parameter values")
struct TokenTemplateTests {
    private func resolve(_ text: String, _ values: [String: String] = [:]) throws -> String {
        try TokenTemplate(parsing: text).resolved { token in values[token.description] ?? "«\(token.name)»" }
    }

    @Test(
        "are replaced in one pass",
        arguments: [
            ("", ""), ("plain $x $$ } { $", "plain $x $$ } { $"), ("${ESS_REQ:a}", "«a»"),
            ("x${APP_ENV:a}${ESS_ENV:b.c}y", "x«a»«b.c»y"), ("$${ESS_REQ:a}", "${ESS_REQ:a}"),
            ("$$${ESS_REQ:a}", "$${ESS_REQ:a}"), ("$$${", "$${"), ("a}${SECRET:s}}", "a}«s»}"),
            ("${ESS_REQ:a:b{}", "«a:b{»"), ("${ESS_REQ: a }", "« a »"), ("ü${ESS_REQ:ü}\u{301}", "ü«ü»\u{301}"),
        ]
    )
    func replaced(_ text: String, _ expected: String) throws {
        #expect(try resolve(text) == expected)
    }

    @Test("do not come out of values")
    func onePass() throws {
        let values = ["${ESS_REQ:a}": "${SECRET:b}", "${SECRET:b}": "hidden"]
        #expect(try resolve("${ESS_REQ:a}", values) == "${SECRET:b}")
        #expect(try resolve("$${SECRET:b}${ESS_REQ:a}", values) == "${SECRET:b}${SECRET:b}")
    }

    @Test(
        "are refused with ESS-05026 when there is no such token",
        arguments: [
            ("a ${HOME} b", "${HOME}"), ("${ESS_REQ:}", "${ESS_REQ:}"), ("${ess_req:a}", "${ess_req:a}"),
            ("${}", "${}"),
            ("${ESS_REQ:a", "${ESS_REQ:a"), ("x ${", "${"), ("${:a}", "${:a}"), ("${ESS_REQ :a}", "${ESS_REQ :a}"),
            ("${APP_ENV:x} ${NOPE:y}", "${NOPE:y}"),
        ]
    )
    func refused(_ text: String, _ token: String) {
        #expect(throws: SchedulerError(5026, token)) { try TokenTemplate(parsing: text) }
    }

    @Test("are quoted in errors only so far")
    func boundedQuote() throws {
        let error = #expect(throws: SchedulerError.self) {
            try TokenTemplate(parsing: "${" + String(repeating: "x", count: 1000))
        }
        #expect(error?.arguments.first?.utf8.count == 64)
    }

    @Test("never crash on any text, and literals come back unchanged")
    func anyText() throws {
        var generator = SeededGenerator(seed: 20_260_801)
        let pieces = ["$", "{", "}", "${", "$${", "ESS_REQ:", "SECRET:", "a", ":", "ü", " "]
        for _ in 0..<5000 {
            let text = (0..<Int.random(in: 0...8, using: &generator))
                .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
            guard let template = try? TokenTemplate(parsing: text) else {
                #expect(text.contains("${"))
                continue
            }
            if template.tokens.isEmpty {
                let resolved = template.resolved { _ in "" }
                #expect(resolved == text.replacing("$${", with: "${"))
            }
            for part in template.parts {
                if case .text(let text) = part { #expect(!text.isEmpty) }
            }
        }
    }

    @Test("have the values of the request, its facts before parameters of their names")
    func requestValues() async throws {
        let invocation = Fixture.invocation(
            .process,
            [("submitter", "mallory"), ("a", "1"), ("declared", nil), ("SYS_cmdLine", "x")],
            more: [Parameter(name: "a", value: "2", scope: "load"), Parameter(name: "b", value: "3", scope: "other")],
            lineage: Fixture.step,
            request: { $0.attempt = 3 }
        )
        let values = [
            "requestId": "7", "absParentRequestId": "5", "requestHandle": Fixture.handle, "executionAttempt": "3",
            "scheduledTime": "2027-03-01T05:30:00.000Z", "submitter": "anna", "runAsUser": "anna",
            "application": "AcmeEss", "jobDefinitionId": "JobDefinition://acme/gl/PostLedger", "a": "2", "declared": "",
            "SYS_cmdLine": "x", "lastSuccess.requestId": "", "lastSuccess.endTime": "",
        ]
        for (name, value) in values { #expect(invocation.tokenValue(name) == value, "\(name)") }
        for name in ["b", "nope", "lastSuccess.nope", ""] { #expect(invocation.tokenValue(name) == nil, "\(name)") }
        #expect(invocation.effectiveParameters.map(\.name) == ["submitter", "a", "declared", "SYS_cmdLine"])
        #expect(invocation.requestTokenValues.first { $0.name == "submitter" }?.value == "anna")
    }

    @Test("without a value fail with their name, and a failing look-up says no more than that")
    func missing() async throws {
        struct Failure: Error {}
        let resolver = TokenResolver { token, _ in
            if token.source == .secret { throw Failure() }
            return token.name == "known" ? "v" : nil
        }
        let invocation = Fixture.invocation(.process, [("a", "1")])
        let known = try TokenTemplate(parsing: "${APP_ENV:known}${ESS_REQ:a}")
        let values = try await resolver.values(of: [known], for: invocation)
        #expect(try known.resolved { token in try values.value(of: token) } == "v1")
        for (text, message) in [
            ("${ESS_ENV:nope}", "The token ${ESS_ENV:nope} has no value."),
            ("${ESS_REQ:nope}", "The token ${ESS_REQ:nope} has no value."),
            ("${SECRET:s}", "The value of the token ${SECRET:s} could not be read."),
        ] {
            let template = try TokenTemplate(parsing: text)
            await #expect(throws: TokenError(description: message)) {
                _ = try await resolver.values(of: [template], for: invocation)
            }
        }
    }
}
