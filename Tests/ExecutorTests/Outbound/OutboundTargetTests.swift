import SchedulerCore
import Testing

@Suite("URLs of calls")
struct OutboundTargetTests {
    @Test(
        "are normalised",
        arguments: [
            ("http://a.example", "http://a.example/"), ("HTTPS://A.Example.:443/P?q#f", "https://a.example/P?q"),
            ("http://a.example:8080", "http://a.example:8080/"), ("http://a.example:/x", "http://a.example/x"),
            ("https://a:80/", "https://a:80/"), ("http://a?q=1", "http://a/?q=1"), ("http://a#f", "http://a/"),
            ("http://0x7f.1/x", "http://127.0.0.1/x"), ("http://2130706433", "http://127.0.0.1/"),
            ("http://127.0.0.1./", "http://127.0.0.1/"), ("http://[::FFFF:127.0.0.1]:81/", "http://127.0.0.1:81/"),
            ("http://[2001:DB8::1]/", "http://[2001:db8::1]/"), ("http://a/ü {}\"", "http://a/%C3%BC%20%7B%7D%22"),
            ("http://a\\@127.0.0.1/", "http://a/%5C@127.0.0.1/"), ("http://a_b-c.d/%41%zz", "http://a_b-c.d/%41%zz"),
            ("http://a//b/../c", "http://a//b/../c"),
        ]
    )
    func normalised(_ text: String, _ expected: String) throws {
        #expect(try OutboundTarget(parsing: text).url == expected)
    }

    @Test(
        "are refused when they are not plain",
        arguments: [
            ("", "malformed"), ("a.example", "malformed"), ("http:/a", "malformed"), ("http:a", "malformed"),
            ("http://", "malformed"), ("http:///x", "malformed"), ("ftp://a/", "scheme"),
            ("file:///etc/passwd", "scheme"),
            ("unix://a", "scheme"), ("http+unix://%2Ftmp", "scheme"), ("javascript://a", "scheme"),
            ("http://u@a/", "userInfo"), ("http://u:p@a/", "userInfo"), ("http://127.0.0.1@a/", "userInfo"),
            ("http://a:0/", "malformed"), ("http://a:65536/", "malformed"), ("http://a:+80/", "malformed"),
            ("http://a:8 0/", "malformed"), ("http://a b/", "malformed"), ("http://a%2e/", "malformed"),
            ("http://ex\u{E4}mple/", "malformed"), ("http://\u{212A}/", "malformed"),
            ("http://\u{FF11}27.0.0.1/", "malformed"),
            ("http://a..b/", "malformed"), ("http://.a/", "malformed"), ("http://256.0.0.1/", "malformed"),
            ("http://1.2.3.4.5/", "malformed"), ("http://[::1/", "malformed"),
            ("http://[fe80::1%25eth0]/", "malformed"),
            ("http://[1.2.3.4]/", "malformed"), ("http://[::1]x/", "malformed"), ("http://::1/", "malformed"),
            ("http://a/\r\nX: y", "malformed"), ("http://a/\u{0}", "malformed"), ("http://a\n/", "malformed"),
            (" http://a/", "scheme"), ("http://a/" + String(repeating: "x", count: 8192), "malformed"),
            ("http://" + String(repeating: "x", count: 64) + "/", "malformed"),
            ("http://" + String(repeating: "x.", count: 130) + "x/", "malformed"),
        ]
    )
    func refused(_ text: String, _ reason: String) {
        do {
            let target = try OutboundTarget(parsing: text)
            Issue.record("\(target)")
        } catch {
            #expect("\(error.reason)".hasPrefix(reason), "\(error)")
        }
    }

    @Test("show nothing secret when refused")
    func shown() {
        let cases = [
            ("http://u:pass@a.example/x?key=pass", "http://a.example"), ("ftp://pass@h", "ftp://h"),
            ("http://a b/pass", "http://a b"), ("a.example/pass", "a.example"), ("x@pass@h:1/", "h:1"),
        ]
        for (text, shown) in cases {
            let refusal = #expect(throws: OutboundRefusal.self) { try OutboundTarget(parsing: text) }
            #expect(refusal?.schedulerError == SchedulerError(2007, shown))
            #expect(refusal?.description.contains("pass") == false)
        }
    }
}
