import Foundation
import Synchronization

extension ZoneRules {
    /// The rules of an IANA zone, read once per process from the data that Foundation brings along, years 1900 to 2199.
    ///
    /// Fails with ESS-04004 for anything but an id of the IANA database, in its own spelling. Abbreviations and offsets
    /// that Foundation would take, such as `PST` or `GMT+5`, are none.
    package init(identifier: String) throws(SchedulerError) {
        if let known = Self.cache.withLock({ $0[identifier] }) {
            self = known
            return
        }
        guard Self.isName(identifier), let zone = TimeZone(identifier: identifier) else {
            let isLong = identifier.utf8.count > Self.quotedBytesMax
            throw SchedulerError(4004, isLong ? String(identifier.prefix(Self.quotedBytesMax)) + "…" : identifier)
        }
        let rules = Self.read(zone, identifier: identifier)
        Self.cache.withLock { $0[identifier] = rules }
        self = rules
    }

    /// Only ids that exist come in here, so that callers cannot make it grow without bound.
    private static let cache = Mutex<[String: ZoneRules]>([:])

    private static func read(_ zone: TimeZone, identifier: String) -> ZoneRules {
        var changes: [(instant: Int64, offset: Int64)] = []
        var date = Date(timeIntervalSince1970: TimeInterval(firstSecond))
        let firstOffset = Int64(zone.secondsFromGMT(for: date))
        while let next = zone.nextDaylightSavingTimeTransition(after: date), next > date {
            let instant = Int64(next.timeIntervalSince1970)
            guard instant < endSecond else { break }
            changes.append((instant, Int64(zone.secondsFromGMT(for: next))))
            date = next
        }
        return ZoneRules(identifier: identifier, firstOffset: firstOffset, changes: changes)
    }

    /// Whether the text has the form of an IANA id. Those without a slash are few and no more are made.
    private static func isName(_ text: String) -> Bool {
        guard text.utf8.count <= quotedBytesMax else { return false }
        guard text.utf8.contains(UInt8(ascii: "/")) else { return namesWithoutArea.contains(text) }
        return !text.hasPrefix("SystemV/")
    }

    private static let namesWithoutArea: Set<String> = [
        "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "Factory", "GB", "GB-Eire", "GMT", "GMT+0",
        "GMT-0", "GMT0", "Greenwich", "HST", "Hongkong", "Iceland", "Iran", "Israel", "Jamaica", "Japan", "Kwajalein",
        "Libya", "MET", "MST", "MST7MDT", "NZ", "NZ-CHAT", "Navajo", "PRC", "PST8PDT", "Poland", "Portugal", "ROC",
        "ROK", "Singapore", "Turkey", "UCT", "UTC", "Universal", "W-SU", "WET", "Zulu",
    ]

    /// Longest id, and piece of a refused one that an error quotes, in bytes.
    private static let quotedBytesMax = 64
    /// 1900-01-01T00:00:00Z.
    private static let firstSecond: Int64 = -2_208_988_800
    /// 2200-01-01T00:00:00Z.
    private static let endSecond: Int64 = 7_258_118_400
}
