import SchedulerAPI
import SchedulerCore
import Testing

@Suite("JSON, random")
struct JSONFuzzTests {
    @Test("what is written is read back as it was, 5,000 random values", .timeLimit(.minutes(2)))
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 1)
        for round in 0..<5000 {
            let sample = Sample.random(depth: 0, using: &generator)
            var writer = JSONWriter()
            sample.write(to: &writer)
            let value = try JSONReader.read(writer.bytes)
            #expect(Sample(value) == sample, "seed 1, round \(round)")
            var second = JSONWriter()
            Sample(value).write(to: &second)
            #expect(second.bytes == writer.bytes)
        }
    }

    @Test("50,000 damaged texts are read or refused as an independent reader does it", .timeLimit(.minutes(5)))
    func damagedTexts() throws {
        var generator = SeededGenerator(seed: 2)
        var accepted = 0
        var malformed = 0
        var badText = 0
        for round in 0..<50_000 {
            var bytes: [UInt8]
            if round % 2 == 0 {
                bytes = Array(Self.bodies[round / 2 % Self.bodies.count].utf8)
            } else {
                var writer = JSONWriter()
                Sample.random(depth: 0, using: &generator).write(to: &writer)
                bytes = writer.bytes
            }
            for _ in 0..<Int.random(in: 1...3, using: &generator) { Self.damage(&bytes, using: &generator) }
            let expected = ReferenceJSON.verdict(on: bytes)
            var verdict: ReferenceJSON.Verdict
            do throws(SchedulerError) {
                let value = try JSONReader.read(bytes)
                accepted += 1
                verdict = .json
                // Walking all of it must not fail either.
                var writer = JSONWriter()
                Sample(value).write(to: &writer)
                _ = try JSONReader.read(writer.bytes)
            } catch {
                #expect(error.isComplete)
                if error.code == 5001 {
                    malformed += 1
                    let position = try #require(Int(error.arguments[0]))
                    #expect((1...bytes.count + 1).contains(position))
                    verdict = .malformed
                } else {
                    badText += 1
                    #expect(error.code == 5028)
                    verdict = .badText
                }
            }
            #expect(verdict == expected, "seed 2, round \(round): \(bytes) \(wireText(bytes))")
        }
        #expect(accepted > 5000)
        #expect(malformed > 5000)
        #expect(badText > 1000)
    }

    @Test("20,000 damaged submit bodies are read or refused with a complete 400", .timeLimit(.minutes(2)))
    func damagedBodies() throws {
        var generator = SeededGenerator(seed: 3)
        var codes: Set<ErrorCode> = []
        for round in 0..<20_000 {
            var bytes = Array(Self.submitBody(with: &generator).utf8)
            if Bool.random(using: &generator) { Self.damage(&bytes, using: &generator) }
            do throws(SchedulerError) {
                _ = try SubmitBody(json: bytes)
            } catch {
                codes.insert(error.code)
                #expect(error.isComplete && error.status == 400, "seed 3, round \(round): \(error)")
            }
        }
        #expect(codes.isSuperset(of: [4, 5001, 5002, 5003, 5004, 5005, 5028]))
    }

    /// A body in which one value may stand that does not belong there.
    private static func submitBody(with generator: inout SeededGenerator) -> String {
        let values = ["4", "2", "true", #""p""#, #""x""#, "[{", #""DE""#, #""STRING""#, #"{"inclusions":"#]
        let others = ["null", "[]", "{}", "7", #""y""#, "false", "-1", "1.5", "99999999999999999999", "[[", "{"]
        let value = values.randomElement(using: &generator) ?? ""
        guard let range = submitBody.firstRange(of: ":" + value) else { return submitBody }
        let other = others.randomElement(using: &generator) ?? ""
        return "\(submitBody[..<range.lowerBound]):\(other)\(submitBody[range.upperBound...])"
    }

    private static let submitBody = """
        {"jobDefinitionId":"a/B","priority":4,"retries":2,"requestTimeout":5,"executePast":true,\
        "startTime":"2027-03-01T09:10:00.000Z","endTime":"2027-03-02T00:00Z","requestParameters":[{"name":"x",\
        "paramType":"STRING","value":"DE"}],"callbackSubscription":{"callbackUrlPrefix":"p",\
        "callbackResourcePath":"q","securityScheme":"OWSM_GPA"},"schedule":{"inclusions":["2027-03-01T09:10Z"]}}
        """

    private static let bodies = [
        #"{"jobDefinitionId":"JobDefinition://acme/gl/Post","priority":4,"executePast":true,"retries":-0.0e+0}"#,
        #"{"requestParameters":[{"name":"submit.argument1","paramType":"STRING","value":"DE"},{"name":"x"}],"a":null}"#,
        #"[[[1,2,[3]],{"a":{"b":{"c":[false]}}}],"ä€😀\u00e4\ud83d\ude00\"\\\n"]"#,
        #" { "schedule" : { "recurrences" : [ { "icalString" : "FREQ=DAILY" } ] } , "n" : 12345.678E-9 } "#,
    ]

    private static func damage(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(Array("{}[]\",:\\eE+-.0u \n".utf8).randomElement(using: &generator) ?? 0, at: place)
        case 3: bytes.insert(bytes.randomElement(using: &generator) ?? 0, at: place)
        case 4: bytes.removeLast(bytes.count - place)
        case 5: bytes.insert(contentsOf: Array(bytes[place...].prefix(9)), at: place)
        case 6:
            bytes.insert(contentsOf: [0xE2, 0x82, 0xAC].prefix(Int.random(in: 1...3, using: &generator)), at: place)
        default:
            let escapes = [#"\u0000"#, #"\ud83d"#, #"\ude00"#, #"\n"#, #"\u00e4"#, #"\x"#]
            bytes.insert(contentsOf: Array((escapes.randomElement(using: &generator) ?? "").utf8), at: place)
        }
    }
}

/// A JSON value of the simplest make, to compare with.
private enum Sample: Equatable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([Sample])
    indirect case object([String], [Sample])

    init(_ value: JSONValue) {
        switch value.kind {
        case .null: self = .null
        case .bool: self = .bool(value.bool == true)
        case .number: self = .number(value.scalarText ?? "")
        case .string: self = .string(value.string ?? "")
        case .array: self = .array(value.elements.map { Sample($0) })
        case .object: self = .object(value.members.map(\.name), value.members.map { Sample($0.value) })
        }
    }

    func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.value(encoded: Array("null".utf8))
        case .bool(let flag): writer.value(flag)
        case .number(let text): writer.value(encoded: Array(text.utf8))
        case .string(let text): writer.value(text)
        case .array(let elements):
            writer.beginArray()
            for element in elements { element.write(to: &writer) }
            writer.endArray()
        case .object(let names, let values):
            writer.beginObject()
            for (name, value) in zip(names, values) {
                // Names with escapes are not what `JSONName` is for: it takes them when they are escaped already.
                var quoted = JSONWriter()
                quoted.value(name)
                writer.name(JSONName(wireText(Array(quoted.bytes.dropFirst().dropLast()))))
                value.write(to: &writer)
            }
            writer.endObject()
        }
    }

    static func random(depth: Int, using generator: inout SeededGenerator) -> Sample {
        switch Int.random(in: depth > 4 ? 2..<6 : 0..<6, using: &generator) {
        case 0: .array(many(depth, &generator))
        case 1:
            object(many(depth, &generator), &generator)
        case 2: .string(string(&generator))
        case 3: .number(number(&generator))
        case 4: .bool(Bool.random(using: &generator))
        default: .null
        }
    }

    private static func many(_ depth: Int, _ generator: inout SeededGenerator) -> [Sample] {
        (0..<Int.random(in: 0...5, using: &generator)).map { _ in random(depth: depth + 1, using: &generator) }
    }

    private static func object(_ values: [Sample], _ generator: inout SeededGenerator) -> Sample {
        .object(values.map { _ in string(&generator) }, values)
    }

    private static func string(_ generator: inout SeededGenerator) -> String {
        let ranges: [ClosedRange<UInt32>] = [0x20...0x7E, 0x1...0x1F, 0x80...0x7FF, 0x800...0xD7FF, 0xE000...0x10FFFD]
        var result = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            let range = ranges[
                Int.random(in: 0..<10, using: &generator) < 6 ? 0 : Int.random(in: 0..<5, using: &generator)
            ]
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { result.append(scalar) }
        }
        return String(result)
    }

    private static func number(_ generator: inout SeededGenerator) -> String {
        let whole = String(
            Int64.random(in: Int64.min...Int64.max, using: &generator) >> Int64.random(in: 0...60, using: &generator)
        )
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return whole + ".\(UInt16.random(in: 0...9999, using: &generator))"
        case 1: return whole + "e-\(UInt8.random(in: 0...99, using: &generator))"
        default: return whole
        }
    }
}
