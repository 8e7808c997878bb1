import Executors
import SchedulerCore
import Testing

@Suite("A web-service job", .timeLimit(.minutes(1)))
struct SOAPJobTests {
    private static let wrapped =
        #"<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope "#
        + #"xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>"#
    private static let wrappedHeader =
        #"<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope "#
        + #"xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Header>"#
    private static let blocks =
        #"<wsa:MessageID xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:escapement:7-1-0</wsa:MessageID>"#
        + #"<wsa:ReplyTo xmlns:wsa="http://www.w3.org/2005/08/addressing"><wsa:Address>"#
        + "\(Fixture.baseURL)/requests/7/executionStatus</wsa:Address></wsa:ReplyTo>"
        + #"<job:requestHandle xmlns:job="urn:escapement:job">handle-0123456789abcdef</job:requestHandle>"#

    private func invocation(
        _ kind: ExecutorKind,
        _ server: TestServer,
        _ values: [(String, String?)],
        control: InvocationControl = InvocationControl { _ in true }
    ) -> Invocation {
        let base = "http://127.0.0.1:\(server.port)/"
        let target = [("SYS_EXT_wsWsdlBaseUrl", base), ("SYS_EXT_wsWsdlUrl", "/ledger/Service?wsdl")]
        return Fixture.invocation(kind, target.map { ($0.0, Optional($0.1)) } + values, control: control)
    }

    @Test("posts its message in an envelope of SOAP 1.1, tokens escaped for XML")
    func envelopeIsAdded() async throws {
        try await withRemoteJobs { executor, server, _ in
            let message = "<?xml version=\"1.0\"?>\n<post><ledger>${ESS_REQ:x}</ledger></post>"
            let values = [
                ("SYS_EXT_invokeMessage", message), ("SYS_EXT_soapAction", "urn:post"), ("x", "<a> & \"b\" 'c'\r\u{1}"),
            ]
            async let result = executor.execute(invocation(.soapSynchronous, server, values.map { ($0.0, $0.1) }))
            let exchange = await server.next()
            #expect(exchange.requestLine == "POST /ledger/Service HTTP/1.1")
            #expect(exchange.header("SOAPAction") == "\"urn:post\"")
            #expect(exchange.header("Content-Type") == "text/xml; charset=utf-8")
            #expect(exchange.header("Idempotency-Key") == "7-1-0")
            let value = "&lt;a&gt; &amp; &quot;b&quot; &apos;c&apos;&#13;\u{FFFD}"
            let body = "\n<post><ledger>\(value)</ledger></post></soapenv:Body></soapenv:Envelope>"
            #expect(exchange.body == Self.wrapped + body)
            try await exchange.reply(200, body: "<a/>")
            #expect(await result == .ended(.success))
        }
    }

    @Test("posts an envelope as it was given")
    func envelopeIsKept() async throws {
        try await withRemoteJobs { executor, server, _ in
            let message =
                "<!-- > --><s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body/></s:Envelope>"
            async let result = executor.execute(
                invocation(.soapOneway, server, [("SYS_EXT_invokeMessage", message)])
            )
            let exchange = await server.next()
            #expect(exchange.body == message)
            #expect(exchange.header("SOAPAction") == "\"\"")
            try await exchange.reply(202)
            #expect(await result == .ended(.success))
        }
    }

    @Test("posts an envelope of SOAP 1.2 under its media type")
    func version12() async throws {
        try await withRemoteJobs { executor, server, _ in
            let message = #"<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body/></e:Envelope>"#
            async let result = executor.execute(
                invocation(
                    .soapSynchronous,
                    server,
                    [("SYS_EXT_invokeMessage", message), ("SYS_EXT_soapAction", "urn:a")]
                )
            )
            let exchange = await server.next()
            #expect(exchange.header("Content-Type") == #"application/soap+xml; charset=utf-8; action="urn:a""#)
            try await exchange.reply(200)
            #expect(await result == .ended(.success))
        }
    }

    @Test(
        "that is asynchronous says where its answer goes, in whatever header there is",
        arguments: [
            ("<post/>", wrappedHeader, "</soapenv:Header><soapenv:Body><post/></soapenv:Body></soapenv:Envelope>"),
            (
                "<Envelope xmlns='u'><Body a='>'>x</Body></Envelope>", "<Envelope xmlns='u'><Header>",
                "</Header><Body a='>'>x</Body></Envelope>"
            ),
            (
                "<s:Envelope><s:Header a='1'><k/></s:Header><s:Body/></s:Envelope>", "<s:Envelope><s:Header a='1'>",
                "<k/></s:Header><s:Body/></s:Envelope>"
            ),
            (
                "<s:Envelope><s:Header a='1'/><s:Body/></s:Envelope>", "<s:Envelope><s:Header a='1'>",
                "</s:Header><s:Body/></s:Envelope>"
            ),
        ] as [(String, String, String)]
    )
    func addressing(_ message: String, _ head: String, _ tail: String) async throws {
        try await withRemoteJobs { executor, server, _ in
            async let result = executor.execute(
                invocation(.soapAsynchronous, server, [("SYS_EXT_invokeMessage", message)])
            )
            let exchange = await server.next()
            #expect(exchange.body == "\(head)\(Self.blocks)\(tail)")
            try await exchange.reply(202)
            #expect(await result == .waiting(externalID: nil))
        }
    }

    @Test("is not called with a message that declares entities")
    func documentType() async throws {
        try await withRemoteJobs { executor, server, _ in
            let message = #"<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>"#
            let result = await executor.execute(
                invocation(.soapSynchronous, server, [("SYS_EXT_invokeMessage", message)])
            )
            #expect(result == .ended(.systemError("The SOAP message is not well-formed XML.")))
            #expect(server.pending == 0)
        }
    }

    private static func fault11(_ code: String) -> String {
        "<?xml version='1.0'?><S:Envelope xmlns:S='u'><S:Header/><S:Body><S:Fault><faultcode>\n\(code) </faultcode>"
            + "<faultstring xml:lang='en'>no &lt;ledger&gt; <![CDATA[& more]]></faultstring>"
            + "<detail><faultcode>Server</faultcode></detail></S:Fault></S:Body></S:Envelope>"
    }

    private static func fault12(_ code: String) -> String {
        "<e:Envelope><e:Body><e:Fault><e:Code><e:Value>e:\(code)</e:Value><e:Subcode><e:Value>m:Sender</e:Value>"
            + "</e:Subcode></e:Code><e:Reason><e:Text xml:lang='en'>no</e:Text></e:Reason></e:Fault>"
            + "</e:Body></e:Envelope>"
    }

    @Test(
        "ends as its Fault says, whatever the status",
        arguments: [
            (fault11("S:Client"), 500, true, "Client: no <ledger> & more"),
            (fault11("Client.Auth"), 200, true, "Client.Auth"),
            (fault11("S:Server"), 500, false, "Server: no"), (fault11("S:Clients"), 400, false, "Clients"),
            (fault12("Sender"), 400, true, "Sender: no"), (fault12("Receiver"), 500, false, "Receiver: no"),
            ("<a><Body><Fault><faultcode>Client</faultcode></Fault></Body></a>", 500, false, "HTTP status 500"),
            ("<Envelope><Body><Fault><faultcode>Client", 500, false, "HTTP status 500"),
        ]
    )
    func faults(_ body: String, _ status: Int, _ isBusiness: Bool, _ text: String) async throws {
        try await withRemoteJobs { executor, server, _ in
            for kind in [ExecutorKind.soapSynchronous, .soapAsynchronous, .soapOneway] {
                async let result = executor.execute(invocation(kind, server, [("SYS_EXT_invokeMessage", "<a/>")]))
                try await server.next().reply(status, headers: ["Content-Type: text/xml"], body: body)
                switch await result {
                case .ended(.businessError(let said)):
                    #expect(isBusiness && said?.contains(text) == true, "\(said ?? "")")
                case .ended(.systemError(.processSystemError, let said, _, _)):
                    #expect(!isBusiness && said.contains(text), "\(said)")
                case let other: Issue.record("\(other)")
                }
            }
        }
    }

    @Test("is told of a cancel by the message for it, never under the action that starts it")
    func cancelMessage() async throws {
        try await withRemoteJobs { executor, server, _ in
            let values = [("SYS_EXT_cancelMessage", "<stop/>"), ("SYS_EXT_soapAction", "urn:post")]
            async let answer = executor.callCancel(
                invocation(.soapAsynchronous, server, values.map { ($0.0, Optional($0.1)) })
            )
            let exchange = await server.next()
            #expect(exchange.header("SOAPAction") == "\"\"")
            #expect(exchange.header("Idempotency-Key") == "7-1-0-cancel")
            #expect(exchange.body.contains("<stop/>") && exchange.body.contains("urn:escapement:7-1-0-cancel"))
            try await exchange.reply(200, body: "<ok/>")
            #expect(await answer == .answered)
        }
    }
}
