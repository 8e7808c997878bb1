/// Bounds of what is read as Oracle's XML (administration §3, §5.10).
package enum OracleXMLLimits {
    /// Most bytes of one file, as it is and unpacked: 64 MiB.
    package static let bytesMax = 64 * 1024 * 1024
    /// Deepest nesting of elements, in levels.
    package static let depthMax = 64
    /// Most elements of one file; what an installation of Oracle holds is far below.
    package static let elementsMax = 500_000
    /// Most lines of the report of one file; then one more says that there would be others.
    package static let reportLinesMax = 10_000
    /// Most attributes of one element: the parser compares each with each.
    package static let attributesMax = 256
    /// Longest piece of a text or name that the report quotes, in Unicode scalars.
    static let quotedScalarsMax = 100
}
