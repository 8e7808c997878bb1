/// Bounds of parameters (REST §3.1, administration §1.3).
package enum ParameterLimits {
    /// Most parameters of a request or a metadata object.
    package static let countMax = 1000
    /// Most parameters `submit.argument1`, … of one step.
    package static let argumentsPerStepMax = 100
    /// Longest value, in bytes.
    package static let valueBytesMax = 32_768
    /// Longest name, in bytes.
    package static let nameBytesMax = 256
    /// Longest scope: ten levels of step ids of 64 bytes with dots between them (administration §1.4), in bytes.
    package static let scopeBytesMax = 649
    /// Longest piece of a refused value that an error quotes, in characters.
    package static let quotedCharactersMax = 100
}
