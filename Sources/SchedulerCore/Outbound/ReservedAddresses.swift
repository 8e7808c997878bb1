/// Addresses that no call may reach unless a rule allows it (administration §5.6): loopback, private, unique-local,
/// link-local, shared (CGNAT), multicast, unspecified and everything the IANA special-purpose registries reserve.
package enum ReservedAddresses {
    private static let ranges: [AddressRange] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // Of global unicast: protocol assignments with Teredo and ORCHID, documentation.
        "2001::/23", "2001:db8::/32", "3fff::/20",
    ].compactMap { AddressRange(parsing: $0) }

    private static let globalUnicast = AddressRange(.v6(0x2000 << 112), prefixLength: 3)
    private static let wellKnownTranslation = AddressRange(.v6(0x0064_FF9B << 96), prefixLength: 96)

    /// True for reserved addresses and for those that lead to one inside an IPv6 form.
    package static func contains(_ address: IPAddress) -> Bool {
        let address = address.canonical
        if ranges.contains(where: { $0.contains(address) }) { return true }
        guard case .v6 = address else { return false }
        // Outside global unicast only the well-known prefix of NAT64 leads anywhere public.
        let isRoutable = [globalUnicast, wellKnownTranslation].contains { $0?.contains(address) ?? false }
        return !isRoutable || address.embedded.contains(where: contains)
    }
}
