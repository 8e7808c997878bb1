/// Why a try came to nothing before its receiver was asked; the text is safe to show.
struct DeliveryFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
