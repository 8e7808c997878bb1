/// Numbers that stand for the values of an enumeration in the database: positions in a list that only grows.
package struct CodeTable<Value: Hashable & Sendable>: Sendable {
    package let values: [Value]
    private let codes: [Value: Int64]

    /// - Parameter values: in the order of their numbers, from 0. Never reordered, never shortened.
    package init(_ values: [Value]) {
        self.values = values
        codes = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, Int64($0)) })
    }

    package func code(_ value: Value) -> Int64 {
        guard let code = codes[value] else { preconditionFailure("\(value) has no number in the database") }
        return code
    }

    package func value(_ code: Int64) throws(StoreFault) -> Value {
        guard code >= 0, code < Int64(values.count) else {
            throw StoreFault("the database holds the unknown number \(code) for a \(Value.self)")
        }
        return values[Int(code)]
    }

    package func value(_ code: Int64?) throws(StoreFault) -> Value? {
        guard let code else { return nil }
        return try value(code)
    }
}
