/// Makes output of a job harmless for terminals, logs and pages (administration §5.10: escapes stripped).
package enum TerminalText {
    /// Text without escape sequences (ECMA-48: CSI, OSC and other strings, two-character ones), control characters
    /// and marks of text direction; a tab becomes a blank; invalid UTF-8 becomes U+FFFD; no blanks at the ends.
    package static func plain(_ bytes: some Sequence<UInt8>) -> String {
        var result = String.UnicodeScalarView()
        var state = State.text
        for scalar in String(decoding: Array(bytes), as: UTF8.self).unicodeScalars {
            state = next(state, scalar, &result)
        }
        return String(String(result).trimmingBlanks())
    }

    private enum State {
        case text
        /// After ESC.
        case escape
        /// In a control sequence, up to its final byte.
        case sequence
        /// In a string (title, link), up to BEL or ESC \.
        case string
        case stringEscape
    }

    private static func next(_ state: State, _ scalar: Unicode.Scalar, _ result: inout String.UnicodeScalarView)
        -> State
    {
        switch state {
        case .text:
            switch scalar.value {
            case 0x1B: return .escape
            case 0x9B: return .sequence
            case 0x90, 0x98, 0x9D, 0x9E, 0x9F: return .string
            case 0x09: result.append(" ")
            default: if isVisible(scalar) { result.append(scalar) }
            }
            return .text
        case .escape:
            switch scalar {
            case "[": return .sequence
            case "]", "P", "X", "^", "_": return .string
            case "\u{1B}": return .escape
            // Intermediate bytes: the final one is still to come.
            default: return (0x20...0x2F).contains(scalar.value) ? .escape : .text
            }
        case .sequence:
            if scalar.value == 0x1B { return .escape }
            return (0x20...0x3F).contains(scalar.value) ? .sequence : .text
        case .string:
            if scalar.value == 0x1B { return .stringEscape }
            return scalar.value == 0x07 || scalar.value == 0x9C ? .text : .string
        case .stringEscape:
            return scalar == "\\" ? .text : next(.escape, scalar, &result)
        }
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: false
        // Line and paragraph separator, and what turns the direction of text.
        case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
        default: true
        }
    }
}
