/// An error that is the answer to a call, not a fault of the store: its caller is told it as it is.
package protocol StoreRefusal: Error {}
