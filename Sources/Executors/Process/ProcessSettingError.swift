/// A property of a process job that cannot be used; the text names the offending part and is safe to log.
package struct ProcessSettingError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

extension StringProtocol where SubSequence == Substring {
    /// Without blanks and tabs at both ends.
    func trimmingBlanks() -> Substring {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let tail = drop(while: isBlank)
        guard let last = tail.lastIndex(where: { !isBlank($0) }) else { return tail.prefix(0) }
        return tail[...last]
    }
}
