import SchedulerAPI
import SchedulerCore
import Testing

@Suite("Callback subscription body")
struct CallbackSubscriptionBodyTests {
    private func body(_ members: String) -> String {
        #"{"callbackUrlPrefix":"https://x.example/a//","callbackResourcePath":"//b/c"\#(members)}"#
    }

    private func decode(_ members: String) throws -> CallbackSubscriptionBody {
        try CallbackSubscriptionBody(json: Array(body(members).utf8))
    }

    @Test("the URL is prefix, exactly one slash, path")
    func url() throws {
        #expect(try decode("").url == "https://x.example/a/b/c")
        let bare = CallbackSubscriptionBody(callbackUrlPrefix: "https://x.example", callbackResourcePath: "b")
        #expect(bare.url == "https://x.example/b")
    }

    @Test("each scheme is read with what it needs")
    func schemes() throws {
        #expect(try decode("").securityScheme == .globalPolicy)
        #expect(try decode(#","securityScheme":"OWSM_GPA""#).securityScheme == .globalPolicy)
        #expect(try decode(#","securityScheme":"OWSM_LPA","ouath2ClientCsfKey":"k""#).ouath2ClientCsfKey == "k")
        let local = try decode(#","securityScheme":"OWSM_LPA","clientId":"i","clientSecret":"s""#)
        #expect(local.clientId == "i")
        #expect(local.clientSecret?.value == "s")
        let direct = try decode(
            #","securityScheme":"DIRECT_OAUTH","accessTokenUri":"https://t","clientId":"i","clientSecret":"s""#
        )
        #expect(direct.securityScheme == .directOAuth)
        #expect(direct.accessTokenUri == "https://t")
    }

    @Test("a scheme without what it needs is ESS-05019, other faults name the member")
    func refusals() {
        let local = SchedulerError(5019, "OWSM_LPA", "ouath2ClientCsfKey, or clientId and clientSecret")
        let direct = SchedulerError(5019, "DIRECT_OAUTH", "accessTokenUri, clientId and clientSecret")
        let cases: [(String, SchedulerError)] = [
            (body(#","securityScheme":"OWSM_LPA""#), local),
            (body(#","securityScheme":"OWSM_LPA","clientId":"i""#), local),
            (body(#","securityScheme":"OWSM_LPA","clientId":"i","clientSecret":"""#), local),
            (body(#","securityScheme":"DIRECT_OAUTH","clientId":"i","clientSecret":"s""#), direct),
            (body(#","securityScheme":"DIRECT_OAUTH","accessTokenUri":"t","clientSecret":"s""#), direct),
            (body(#","securityScheme":"BASIC""#), SchedulerError(5004, "BASIC", "securityScheme")),
            (body(#","clientSecret":5"#), SchedulerError(5002, "clientSecret", "string")),
            (#"{"callbackUrlPrefix":"p"}"#, SchedulerError(5003, "callbackResourcePath")),
            (#"{"callbackResourcePath":"p"}"#, SchedulerError(5003, "callbackUrlPrefix")),
        ]
        for (json, expected) in cases {
            #expect(wireRefusal(json, CallbackSubscriptionBody.init(json:)) == expected, "\(json)")
        }
        #expect(
            wireRefusal(#"{"jobDefinitionId":"a/B","callbackSubscription":{}}"#, SubmitBody.init(json:))
                == SchedulerError(5003, "callbackSubscription.callbackUrlPrefix")
        )
    }
}

@Suite("Status and check-in bodies")
struct ReportBodyTests {
    @Test("every status is read; a missing handle is not the body's fault")
    func statuses() throws {
        for status in ExecutionStatus.allCases {
            let json = #"{"requestHandle":"h","status":"\#(status.rawValue)","statusMessage":"m"}"#
            #expect(
                try ExecutionStatusBody(json: Array(json.utf8))
                    == ExecutionStatusBody(requestHandle: SecretText("h"), status: status, statusMessage: "m")
            )
        }
        #expect(ExecutionStatus.allCases.count == 8)
        let bare = try ExecutionStatusBody(json: Array(#"{"status":"SUCCESS"}"#.utf8))
        #expect(bare == ExecutionStatusBody(requestHandle: nil, status: .success))
    }

    @Test("C49: a status that is missing or unknown is refused")
    func statusRefusals() {
        let cases: [(String, SchedulerError)] = [
            ("{}", SchedulerError(5003, "status")),
            (#"{"status":"DONE"}"#, SchedulerError(5004, "DONE", "status")),
            (#"{"status":null}"#, SchedulerError(5003, "status")),
            (#"{"status":1}"#, SchedulerError(5002, "status", "string")),
            (#"{"status":"SUCCESS","requestHandle":1}"#, SchedulerError(5002, "requestHandle", "string")),
            (#"{"status":"SUCCESS","statusMessage":{}}"#, SchedulerError(5002, "statusMessage", "string")),
            (
                #"{"status":"PAUSE","statusMessage":"\#(String(repeating: "x", count: 4097))"}"#,
                SchedulerError(5005, "statusMessage", "0..4096 bytes")
            ),
        ]
        for (json, expected) in cases {
            #expect(wireRefusal(json, ExecutionStatusBody.init(json:)) == expected, "\(json.prefix(60))")
        }
    }

    @Test("a paused state of 4 KiB and longer messages of other statuses are read")
    func longMessages() throws {
        for (status, count) in [("PAUSE", 4096), ("ERROR", 100_000)] {
            let json = #"{"status":"\#(status)","statusMessage":"\#(String(repeating: "x", count: count))"}"#
            #expect(try ExecutionStatusBody(json: Array(json.utf8)).statusMessage?.utf8.count == count)
        }
    }

    @Test("a check-in names request and handle")
    func checkIn() throws {
        let body = try CheckInBody(json: Array(#"{"requestExecutionContext":"300012,h,1"}"#.utf8))
        #expect(
            body.context == RequestExecutionContext(requestId: RequestID(300_012), requestHandle: SecretText("h,1"))
        )
    }

    @Test("C51: a malformed check-in is refused")
    func checkInRefusals() {
        for context in ["", "7", "7,", ",h", "x,h", "+7,h", " 7,h", "7 ,h", "9223372036854775808,h", "7.0,h"] {
            #expect(
                wireRefusal(#"{"requestExecutionContext":"\#(context)"}"#, CheckInBody.init(json:))
                    == SchedulerError(5017),
                "\(context)"
            )
        }
        #expect(wireRefusal("{}", CheckInBody.init(json:)) == SchedulerError(5003, "requestExecutionContext"))
        #expect(
            wireRefusal(#"{"requestExecutionContext":7}"#, CheckInBody.init(json:))
                == SchedulerError(5002, "requestExecutionContext", "string")
        )
    }

    @Test("C68: ids in paths are 64-bit integers")
    func pathIDs() throws {
        #expect(try RequestID(path: "9223372036854775807").value == Int64.max)
        #expect(try RequestID(path: "-1").value == -1)
        #expect(try RequestID(path: "0").value == 0)
        for text in ["abc", "", "9223372036854775808", "1.0", "+1", " 1", "1e3", "0x1", "١"] {
            #expect(throws: SchedulerError(5009, text)) { try RequestID(path: text) }
        }
    }
}
