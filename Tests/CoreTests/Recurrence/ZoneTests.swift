import SchedulerCore
import Testing

@Suite struct ZoneTests {
    @Test(
        "Ids of the IANA database are known",
        arguments: ["UTC", "GMT", "Etc/UTC", "EST5EDT", "Europe/Berlin", "Asia/Calcutta", "US/Eastern", "Etc/GMT+5"]
    )
    func known(id: String) throws {
        #expect(try ZoneRules(identifier: id).identifier == id)
    }

    @Test(
        "ESS-04004 Anything else is no zone",
        arguments: ["", "europe/berlin", "Europe/Nowhere", "PST", "GMT+5", "UTC+3", "+01:00", "SystemV/EST5", "../UTC"]
    )
    func unknown(id: String) {
        #expect(throws: SchedulerError(4004, id)) { try ZoneRules(identifier: id) }
    }

    @Test(
        "Local times lead to instants: gaps to their end, doubled times to the first pass",
        arguments: [
            ("Europe/Berlin", "2027-03-28T01:59:59", "2027-03-28T01:59:59+01:00"),
            ("Europe/Berlin", "2027-03-28T02:00:00", "2027-03-28T03:00:00+02:00"),
            ("Europe/Berlin", "2027-03-28T02:59:59", "2027-03-28T03:00:00+02:00"),
            ("Europe/Berlin", "2027-10-31T02:00:00", "2027-10-31T02:00:00+02:00"),
            ("Europe/Berlin", "2027-10-31T02:59:59", "2027-10-31T02:59:59+02:00"),
            ("Europe/Berlin", "2027-10-31T03:00:00", "2027-10-31T03:00:00+01:00"),
            ("Europe/Berlin", "2199-06-01T12:00:00", "2199-06-01T12:00:00+02:00"),
            ("America/New_York", "2027-03-14T02:30:00", "2027-03-14T03:00:00-04:00"),
            ("America/New_York", "2027-11-07T01:30:00", "2027-11-07T01:30:00-04:00"),
            ("Australia/Lord_Howe", "2027-10-03T02:15:00", "2027-10-03T02:30:00+11:00"),
            ("Australia/Lord_Howe", "2027-04-04T01:45:00", "2027-04-04T01:45:00+11:00"),
            ("Africa/Casablanca", "2027-02-07T02:30:00", "2027-02-07T02:30:00+01:00"),
            ("Pacific/Apia", "2011-12-30T17:00:00", "2011-12-31T00:00:00+14:00"),
            ("America/Sao_Paulo", "2018-11-04T00:30:00", "2018-11-04T01:00:00-02:00"),
            ("America/St_Johns", "2006-10-28T23:30:00", "2006-10-28T23:30:00-02:30"),
            ("Europe/Berlin", "1900-01-01T00:00:00", "1900-01-01T00:00:00+01:00"),
        ]
    )
    func localTimes(id: String, local: String, expected: String) throws {
        let zone = try ZoneRules(identifier: id)
        let instant = zone.firstInstant(showing: try Timestamp(local).wholeSeconds)
        #expect(zone.text(of: instant) == expected)
        #expect(try Timestamp(expected).wholeSeconds == instant)
    }

    @Test(
        "The way from local times to instants never runs backwards",
        arguments: ["America/St_Johns", "Africa/Casablanca"]
    )
    func monotony(id: String) throws {
        let zone = try ZoneRules(identifier: id)
        var before = Int64.min
        for local in stride(from: try Timestamp("2005-01-01T00:00Z").wholeSeconds, to: 1_300_000_000, by: 599) {
            let instant = zone.firstInstant(showing: local)
            #expect(instant >= before)
            #expect(zone.local(at: instant) >= local && zone.local(at: instant - 1) < local)
            before = instant
        }
    }
}
