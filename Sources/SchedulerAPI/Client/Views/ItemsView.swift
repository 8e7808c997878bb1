/// A list as `/api/v1` answers it (administration §3).
package struct ItemsView<Item: AnswerView>: AnswerView {
    package let json: JSONValue
    package let items: [Item]

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        guard json["items"]?.kind == .array else { throw .unreadable("holds no list") }
        items = try json.views("items")
    }

    /// Where a list of objects goes on; nil at its end.
    package var nextCursor: String? { json.text("nextCursor") }
}
