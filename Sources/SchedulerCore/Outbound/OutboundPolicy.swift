/// Which targets the server may call for its users (administration §5.6).
///
/// Reserved addresses are denied unless a rule allows them; a denying rule always wins. Names are judged by what they
/// resolve to, at each call: `admitted` gives the addresses that may be connected to, and only to those.
package struct OutboundPolicy: Hashable, Sendable {
    package let allow: [OutboundRule]
    package let deny: [OutboundRule]

    package init(allow: [OutboundRule] = [], deny: [OutboundRule] = []) {
        self.allow = allow
        self.deny = deny
    }

    /// Judges what can be judged without resolving: literal addresses, `localhost`, denied names.
    package func check(_ target: OutboundTarget) throws(OutboundRefusal) {
        if deny.contains(where: { $0.matches(host: target.host, port: target.port) }) {
            throw OutboundRefusal(.denied, target.origin)
        }
        switch target.host {
        case .address(let address):
            _ = try admitted([address], for: target)
        // These names are loopback whatever a resolver says (RFC 6761 §6.3).
        case .name(let name) where name == "localhost" || name.hasSuffix(".localhost"):
            _ = try admitted([.v4(0x7F00_0001), .v6(1)], for: target)
        case .name: break
        }
    }

    /// The addresses among those of a target that may be connected to, in order.
    ///
    /// - Throws: if there is none.
    package func admitted(
        _ addresses: [IPAddress],
        for target: OutboundTarget
    ) throws(OutboundRefusal) -> [IPAddress] {
        let admitted = addresses.map(\.canonical).filter { admits($0, of: target) }
        guard !admitted.isEmpty else { throw OutboundRefusal(.denied, target.origin) }
        return admitted
    }

    /// Check at save and submit: a URL whose host is still a token passes, what comes of it is judged at the call.
    ///
    /// - Parameter template: URL with tokens.
    /// - Throws: ESS-02007, or ESS-05026 for a text that is no template.
    package func check(template: String) throws(SchedulerError) {
        let parts = try TokenTemplate(parsing: template).parts
        var text = ""
        for part in parts {
            switch part {
            case .text(let literal): text += literal
            case .token:
                guard Self.hasWholeHost(text) else { return }
                text += "x"
            }
        }
        do {
            try check(OutboundTarget(parsing: text))
        } catch {
            throw error.schedulerError
        }
    }

    /// True if the beginning of a URL goes beyond its host and port.
    package static func hasWholeHost(_ beginning: String) -> Bool {
        guard let mark = beginning.firstRange(of: "://") else { return false }
        return beginning.utf8[mark.upperBound...].contains { "/?#\\".utf8.contains($0) }
    }

    private func admits(_ address: IPAddress, of target: OutboundTarget) -> Bool {
        let forms = [address] + address.embedded
        let isDenied = deny.contains { rule in
            rule.matches(host: target.host, port: target.port)
                || forms.contains { rule.matches($0, port: target.port) }
        }
        guard !isDenied else { return false }
        let isAllowed = allow.contains { rule in
            rule.matches(host: target.host, port: target.port) || rule.matches(address, port: target.port)
        }
        return isAllowed || !ReservedAddresses.contains(address)
    }
}
