/// An output of a request (administration §6.2).
package struct OutputView: AnswerView {
    package let json: JSONValue
    package let name: String

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        name = try json.needed("name", json.text)
    }

    /// Bytes.
    package var size: Int64? { json.whole("size") }
    /// `TEXT_OUTPUT` or `BINARY_OUTPUT`.
    package var contentType: String? { json.text("contentType") }
}
