extension Occurrences {
    /// The instants after `cursor`, or all of them, one by one.
    package func instants(after cursor: Timestamp? = nil) -> OccurrenceSequence {
        OccurrenceSequence(self, after: cursor ?? beforeFirst)
    }

    /// The last instant that is later than `earliest` and not later than `latest`; nil if there is none.
    ///
    /// Found by halving the span, since looking ahead is all that rules offer: some dozen look-ups whatever its length.
    package func last(atOrBefore latest: Timestamp, after earliest: Timestamp) -> Timestamp? {
        let limit = min(latest.wholeSeconds, window.upperBound)
        let floor = max(earliest.wholeSeconds, window.lowerBound - 1)
        return last(atOrBefore: limit, after: floor).map(Timestamp.init(wholeSeconds:))
    }

    func last(atOrBefore limit: Int64, after earliest: Int64) -> Int64? {
        guard earliest < limit, var found = next(after: earliest), found <= limit else { return nil }
        // Nothing lies between `free` and `limit`. Spans double from the end, since most rules are dense.
        var free = limit
        var span: Int64 = 1
        while let following = next(after: found), following <= limit {
            found = following
            let middle = free - found > span ? free - span : found + (free - found) / 2
            span = span > Int64.max / 4 ? span : span * 2
            guard middle > found else { continue }
            if let next = next(after: middle), next <= limit {
                found = next
                span = 1
            } else {
                free = middle
            }
        }
        return found
    }

    /// How many instants lie after `earliest` up to `latest`, and whether that is exact: beyond the bound of
    /// `RecurrenceLimits.skipsCountedMax` counting stops, and there are more. A rule of equal steps alone is never
    /// counted one by one.
    package func count(after earliest: Timestamp, through latest: Timestamp) -> (count: Int, isExact: Bool) {
        let limit = min(latest.wholeSeconds, window.upperBound)
        var cursor = max(earliest.wholeSeconds, window.lowerBound - 1)
        if hasSingleSource, let count = series.first?.count(after: cursor, through: limit) { return (count, true) }
        var count = 0
        while cursor < limit, let next = next(after: cursor), next <= limit {
            guard count < RecurrenceLimits.skipsCountedMax else { return (count, false) }
            cursor = next
            count += 1
        }
        return (count, true)
    }
}
