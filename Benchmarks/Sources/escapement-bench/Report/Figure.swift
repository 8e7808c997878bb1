/// One measured quantity of all runs.
struct Figure: Codable {
    /// What is measured, with its unit.
    let name: String
    let runs: [Double]
    let median: Double
    /// Largest less smallest run, in hundredths of the median.
    let spreadPercent: Double

    init(_ name: String, _ runs: [Double]) {
        self.name = name
        self.runs = runs
        let sorted = runs.sorted()
        median = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
        let span = (sorted.last ?? 0) - (sorted.first ?? 0)
        spreadPercent = median == 0 ? 0 : 100 * span / median
    }

    /// The median, and the spread where there is one.
    var text: String {
        let number = Self.text(median)
        return runs.count > 1 ? "\(number) ±\(Int((spreadPercent / 2).rounded()))%" : number
    }

    private static func text(_ value: Double) -> String {
        let decimals = abs(value) >= 100 ? 0 : abs(value) >= 10 ? 1 : 2
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        return decimals == 0 ? String(Int(rounded)) : String(rounded)
    }
}
