import ArgumentParser

/// `escapement request`: submits requests and looks after them.
struct RequestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Submit requests, watch them, end them.",
        subcommands: [
            RequestSubmit.self, RequestGet.self, RequestWhy.self, RequestList.self, RequestWait.self,
            RequestLog.self, RequestPermissions.self,
            RequestCancel.self, RequestForceCancel.self, RequestHold.self, RequestRelease.self, RequestDelete.self,
            RequestPriority.self, RequestRecover.self, RequestComplete.self,
            RequestSubscribe.self, RequestUnsubscribe.self, RequestDeliveries.self, RequestRedeliver.self,
        ]
    )
}
