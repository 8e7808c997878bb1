/// A set of numbers ±1…±63, as bits: those counted from the front and those counted from the end.
struct NumberMask: Hashable, Sendable {
    private(set) var front: UInt64 = 0
    private(set) var back: UInt64 = 0

    init(_ numbers: [Int] = []) {
        for number in numbers { insert(number) }
    }

    var isEmpty: Bool { front | back == 0 }

    mutating func insert(_ number: Int) {
        if number < 0 { back |= 1 << UInt64(-number) } else { front |= 1 << UInt64(number) }
    }

    /// Whether the `number`-th (from 1) of `total` is meant.
    func contains(_ number: Int, of total: Int) -> Bool {
        (front >> UInt64(number) | back >> UInt64(total - number + 1)) & 1 != 0
    }
}
