/// A token of a filter and where it stands.
struct FilterToken {
    enum Kind: Hashable {
        /// Attribute, operator or keyword as written; ASCII only.
        case word(String)
        /// Quoted text without quotes, its escapes resolved.
        case text(String)
        /// Number as written, of JSON's form.
        case number(String)
        case open
        case close
        case end
    }

    let kind: Kind
    /// Code points of the filter that the token covers; empty behind the last for `end`.
    let range: Range<Int>

    /// Place of the first code point, counted from 1 as errors do.
    var position: Int { range.lowerBound + 1 }
}

/// Words with a fixed meaning, in any case (REST §7).
enum FilterKeyword: String {
    case and
    case or
    case not
    case present = "pr"
    case `true`
    case `false`
    case null

    init?(_ word: String) { self.init(rawValue: word.lowercased()) }
}
