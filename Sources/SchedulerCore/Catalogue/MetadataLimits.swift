/// Bounds of metadata ids and objects.
package enum MetadataLimits {
    /// Longest canonical id, in bytes (administration §1.2).
    package static let idBytesMax = 512
    /// Longest text that is read as an id at all, in bytes: repeated slashes count here, not in the canonical form.
    package static let idInputBytesMax = 4096
    /// Longest chain of `extends` from a job type to its built-in root, in links (administration §1.4).
    package static let extendsDepthMax = 8
    /// Longest application, node or similar label, in bytes.
    package static let labelBytesMax = 256
    /// Longest display name or description, in bytes.
    package static let textBytesMax = 32_768
}
