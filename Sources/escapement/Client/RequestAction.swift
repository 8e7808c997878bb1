/// The actions on a request that need nothing but its id; the raw value is the last part of the path.
enum RequestAction: String, Sendable, CaseIterable {
    case cancel
    case forceCancel
    case hold
    case release
}
