/// What a decision needs to know of the requests below one (runtime §2.2, §3.1).
package struct Family: Hashable, Sendable {
    /// Children that are not terminal. Where the event reaches the children too, as cancel does, those that live on
    /// after it: what a cancel ends at once no longer counts.
    package let liveChildren: Int

    package init(liveChildren: Int) { self.liveChildren = liveChildren }

    package static let none = Family(liveChildren: 0)

    package var lives: Bool { liveChildren > 0 }
}
