/// Golden answers as files: members of an answer, and what lies one level below, stand on lines of their own.
enum GoldenText {
    private static let depthMax = 2

    /// The text with line breaks; without them it is the text again.
    static func broken(_ json: String) -> String {
        var result = ""
        var depth = 0
        var isText = false
        var isEscaped = false
        for character in json {
            if isText {
                result.append(character)
                isText = isEscaped || character != "\""
                isEscaped = !isEscaped && character == "\\"
                continue
            }
            switch character {
            case "{", "[":
                depth += 1
                result.append(character)
                if depth <= depthMax { result.append("\n") }
            case "}", "]":
                if depth <= depthMax { result.append("\n") }
                depth -= 1
                result.append(character)
            case ",":
                result.append(character)
                if depth <= depthMax { result.append("\n") }
            default:
                isText = character == "\""
                result.append(character)
            }
        }
        return result
    }
}
