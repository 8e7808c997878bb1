/// Bounds of a filter (REST §7); beyond them it is refused with ESS-05018.
package enum FilterLimits {
    /// Longest filter, in code points.
    package static let codePointsMax = 8000
    /// Deepest nesting of parentheses, in levels.
    package static let nestingMax = 50
    /// Longest piece of a filter that an error quotes, in code points; the rest becomes an ellipsis.
    package static let quotedCodePointsMax = 100
}
