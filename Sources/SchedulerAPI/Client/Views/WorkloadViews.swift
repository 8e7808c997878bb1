package import SchedulerCore

/// What nodes work on (administration §4).
package struct WorkloadView: AnswerView {
    package let json: JSONValue
    package let nodes: [Node]

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        nodes = try json.views("nodes")
    }

    package var time: Timestamp? { json.instant("time") }

    package struct Node: AnswerView {
        package let json: JSONValue
        package let name: String

        package init(_ json: JSONValue) throws(ClientError) {
            self.json = json
            name = try json.needed("name", json.text)
        }

        /// Threads that it offers; nil of one that does not live.
        package var threads: Int? { json.count("threads") }
        package var inUse: Int? { json.count("inUse") }
        package var isDefault: Bool { json.flag("isDefault") == true }
        /// When a shift begins or ends next.
        package var nextChange: Timestamp? { json.instant("nextChange") }
    }
}

/// Who would take a request.
package struct WorkloadTestView: AnswerView {
    package let json: JSONValue
    package let nodes: [Node]

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        guard json["nodes"]?.kind == .array else { throw .unreadable("holds no list of nodes") }
        nodes = try json.views("nodes")
    }

    /// Ids of the assignments that take it, wherever they are bound.
    package var matches: [String] { json.texts("matches") }

    package struct Node: AnswerView {
        package let json: JSONValue
        package let name: String
        /// The assignments that take it and are bound to the node.
        package let assignments: [Assignment]

        package init(_ json: JSONValue) throws(ClientError) {
            self.json = json
            name = try json.needed("name", json.text)
            assignments = try json.views("assignments")
        }

        package var isTaken: Bool { json.flag("isTaken") == true }
        /// Whether nothing is bound to it, so that it does what nobody has for himself.
        package var isDefault: Bool { json.flag("isDefault") == true }
    }

    package struct Assignment: AnswerView {
        package let json: JSONValue
        package let workAssignment: String

        package init(_ json: JSONValue) throws(ClientError) {
            self.json = json
            workAssignment = try json.needed("workAssignment", json.text)
        }

        package var state: WorkloadTest.Match.State? { json.named("state") }
        package var isExclusive: Bool { json.flag("isExclusive") == true }
        package var threads: Int? { json.count("threads") }
        package var workshift: String? { json.text("workshift") }
        package var nextWindow: Timestamp? { json.instant("nextWindow") }
    }
}

/// An assignment that is bound to a node.
package struct BindingView: AnswerView {
    package let json: JSONValue

    package init(_ json: JSONValue) { self.json = json }

    package var workAssignment: String? { json.text("workAssignment") }
    package var node: String? { json.text("node") }
    package var scope: WorkBinding.Scope? { json.named("scope") }
    package var enabled: Bool { json.flag("enabled") == true }
}
