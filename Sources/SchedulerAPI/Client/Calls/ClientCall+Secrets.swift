import HTTPTypes
import SchedulerCore

// What our own API says of named secrets (administration §5.5).

extension ClientCall where Answer == ItemsView<SecretView> {
    /// By name.
    package static var secrets: ClientCall { ClientCall("listSecrets", .get, ClientPath.secrets) }
}

extension ClientCall where Answer == SecretView {
    package static func secret(_ name: String) -> ClientCall {
        ClientCall("getSecret", .get, ClientPath.secret(name))
    }

    /// Sets a secret, in place of the one of its name.
    package static func putSecret(_ name: String, _ secret: SecretBody) -> ClientCall {
        let body: DocumentValue = [
            "definitions": .list(secret.definitions.map { .text($0.description) }), "value": .text(secret.value.value),
        ]
        return ClientCall("putSecret", .put, ClientPath.secret(name), body: body.encoded)
    }
}

extension ClientCall where Answer == Void {
    package static func deleteSecret(_ name: String) -> ClientCall {
        ClientCall("deleteSecret", .delete, ClientPath.secret(name))
    }
}
