/// Bounds of what is read as documents (administration §2, §5.10).
package enum DocumentLimits {
    /// Most bytes of one call or one directory, the default of `metadata.maxSize`.
    package static let bytesMax = 16 * 1024 * 1024
    /// Deepest nesting of one document, in levels.
    package static let depthMax = 64
    /// Deepest nesting of folders in the metadata directory, in levels.
    package static let folderDepthMax = 32
    /// Most problems reported at once; whoever has more mends these first.
    package static let problemsMax = 1000
}
