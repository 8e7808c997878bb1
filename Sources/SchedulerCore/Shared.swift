/// Keeps a value behind a reference: copies of what holds it share it, and a change gives the changed copy one of its
/// own. For parts of a value that is copied often and in which they change seldom.
@propertyWrapper
package struct Shared<Value: Sendable>: Sendable {
    private final class Box: Sendable {
        let value: Value

        init(_ value: Value) { self.value = value }
    }

    private var box: Box

    package init(wrappedValue: Value) { box = Box(wrappedValue) }

    package var wrappedValue: Value {
        _read { yield box.value }
        _modify {
            var value = box.value
            yield &value
            box = Box(value)
        }
        set { box = Box(newValue) }
    }
}

extension Shared: Equatable where Value: Equatable {
    package static func == (left: Shared, right: Shared) -> Bool {
        left.box === right.box || left.box.value == right.box.value
    }
}

extension Shared: Hashable where Value: Hashable {
    package func hash(into hasher: inout Hasher) { hasher.combine(box.value) }
}

extension Shared: CustomStringConvertible {
    /// As of the value: the reference is no business of who reads it.
    package var description: String { String(describing: box.value) }
}
