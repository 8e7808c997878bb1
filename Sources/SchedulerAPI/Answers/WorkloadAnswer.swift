package import SchedulerCore

/// What nodes work on now, as `/api/v1/workload/status` shows it (administration §4).
package struct WorkloadAnswer: Sendable {
    package let status: WorkloadStatus

    package init(status: WorkloadStatus) { self.status = status }

    package var encoded: [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.beginObject()
        writer.name("limits")
        writer.beginArray()
        for limit in status.limits {
            writer.beginObject()
            writer.member("inUse", limit.inUse)
            writer.member("kind", limit.slot.kind.rawValue)
            writer.member("limit", limit.limit)
            writer.member("workAssignment", limit.slot.assignment.description)
            writer.member("workshift", limit.slot.workshift.description)
            writer.endObject()
        }
        writer.endArray()
        writer.name("nodes")
        writer.beginArray()
        for node in status.nodes { node.write(to: &writer) }
        writer.endArray()
        writer.member("time", status.now)
        writer.endObject()
        return writer.bytes
    }
}

extension WorkloadStatus.Node {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("inUse", node.running)
        writer.member("isDefault", plan.isDefault)
        writer.member("name", node.name)
        writer.member("nextChange", plan.nextChange)
        writer.name("resting")
        writer.beginArray()
        for one in plan.resting { one.write(to: &writer) }
        writer.endArray()
        writer.name("shares")
        writer.beginArray()
        for share in plan.shares {
            writer.beginObject()
            writer.member("inUse", node.runningByAssignment[share.assignment.id] ?? 0)
            writer.member("isExclusive", share.isExclusive)
            writer.member("threads", share.threads)
            writer.member("workAssignment", share.assignment.id.description)
            writer.member("workshift", share.workshift?.id.description)
            writer.endObject()
        }
        writer.endArray()
        writer.member("threads", node.offer?.threads)
        writer.endObject()
    }
}

extension WorkPlan.Resting {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("code", obstacle.code.rawValue)
        if case .inactive(_, let workshift, let nextWindow) = obstacle {
            writer.member("nextWindow", nextWindow)
            writer.member("workAssignment", assignment.id.description)
            writer.member("workshift", workshift?.description)
        } else {
            writer.member("workAssignment", assignment.id.description)
        }
        writer.endObject()
    }
}

/// Who would take a request, as `/api/v1/workload/test` tells it.
package struct WorkloadTestAnswer: Sendable {
    package let test: WorkloadTest

    package init(test: WorkloadTest) { self.test = test }

    package var encoded: [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.beginObject()
        writer.member("at", test.instant)
        writer.name("matches")
        writer.beginArray()
        for id in test.accepting { writer.value(id.description) }
        writer.endArray()
        writer.name("nodes")
        writer.beginArray()
        for node in test.nodes {
            writer.beginObject()
            writer.name("assignments")
            writer.beginArray()
            for match in node.matches { match.write(to: &writer) }
            writer.endArray()
            writer.member("isDefault", node.isDefault)
            writer.member("isTaken", node.isTaken)
            writer.member("name", node.name)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}

extension WorkloadTest.Match {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("isExclusive", isExclusive)
        writer.member("nextWindow", nextWindow)
        writer.member("state", state.rawValue)
        writer.member("threads", threads)
        writer.member("workAssignment", assignment.description)
        writer.member("workshift", workshift?.description)
        writer.endObject()
    }
}
