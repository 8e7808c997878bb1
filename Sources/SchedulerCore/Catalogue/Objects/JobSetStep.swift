/// A place in a job set where a job, or another set, runs.
package struct JobSetStep: Hashable, Sendable {
    /// Unique in its set: `[A-Za-z0-9_-]{1,64}`.
    package var stepID: String
    /// A definition or a set.
    package var job: MetadataObjectID
    package var parameters: [Parameter]
    /// What follows in a serial set; nil = the next listed step, see `JobSet.links(at:)`.
    package var links: StepLinks?

    package init(
        stepID: String,
        job: MetadataObjectID,
        parameters: [Parameter] = [],
        links: StepLinks? = nil
    ) {
        self.stepID = stepID
        self.job = job
        self.parameters = parameters
        self.links = links
    }

    /// Whether the step decides, or does not decide, the state of its set: `SYS_selectState`; nil = not declared.
    package var selectState: Bool? {
        parameters.last { $0.name == JobSetStep.selectStateName }?.value.flatMap(ParameterValue.boolean)
    }

    package static let selectStateName = "SYS_selectState"

    /// Whether a text may be the id of a step.
    package static func isStepID(_ text: String) -> Bool {
        (1...MetadataLimits.stepIDBytesMax).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

/// Ids of the steps that follow by outcome; nil = the set ends.
package struct StepLinks: Hashable, Sendable {
    package var success: String?
    package var warning: String?
    package var error: String?

    package init(success: String? = nil, warning: String? = nil, error: String? = nil) {
        self.success = success
        self.warning = warning
        self.error = error
    }

    package subscript(outcome: StepOutcome) -> String? {
        switch outcome {
        case .success: success
        case .warning: warning
        case .error: error
        }
    }
}

/// Ends of a step that a link may follow; any other ends the set.
package enum StepOutcome: String, CaseIterable, Hashable, Sendable {
    case success = "SUCCESS"
    case warning = "WARNING"
    case error = "ERROR"
}
