extension CatalogueValidator {
    /// Checks a list of declared parameters by itself: names, places, values, constraints. The list is the member
    /// `parameters` of what stands at `parent`.
    mutating func checkParameters(
        _ parameters: [Parameter],
        in place: PropertyPlaces,
        of id: MetadataObjectID,
        at parent: String = ""
    ) {
        let list = parent + "/parameters"
        if parameters.count > ParameterLimits.countMax {
            report(id, list, "more than \(ParameterLimits.countMax) parameters")
        }
        if parameters.count(where: { ArgumentCount.isArgument($0.name) }) > ParameterLimits.argumentsPerStepMax {
            report(id, list, "more than \(ParameterLimits.argumentsPerStepMax) arguments")
        }
        var seen: Set<String> = []
        for (index, parameter) in parameters.enumerated() {
            let path = "\(list)/\(index)"
            if !seen.insert(parameter.name).inserted {
                report(id, path + "/name", "parameter \(parameter.name) stands here twice")
            }
            if parameter.scope != nil {
                report(id, path + "/scope", "only submitted parameters have a scope")
            }
            checkName(parameter.name, in: place, path, of: id)
            checkValue(parameter, path, of: id)
            if let ui = parameter.ui { checkConstraints(ui, of: parameter, path + "/ui", of: id) }
        }
    }

    private mutating func checkName(
        _ name: String,
        in place: PropertyPlaces,
        _ path: String,
        of id: MetadataObjectID
    ) {
        if name.isEmpty || name.utf8.count > ParameterLimits.nameBytesMax || name.utf8.contains(0) {
            report(id, path + "/name", "a name has 1 to \(ParameterLimits.nameBytesMax) bytes and no NUL")
        }
        guard SystemProperty.isReserved(name) else { return }
        guard let property = SystemProperty.named(name) else {
            return report(id, path + "/name", "\(name) is no system property, and SYS_ is reserved for them")
        }
        if !property.places.isSuperset(of: place) {
            let reason = property.places == .server ? "is set by the server alone" : "cannot be set here"
            report(id, path + "/name", "\(name) \(reason)")
        }
        if property.isIgnored {
            report(id, path + "/name", "\(name) has no effect here", severity: .warning)
        }
    }

    private mutating func checkValue(_ parameter: Parameter, _ path: String, of id: MetadataObjectID) {
        guard let value = parameter.value else { return }
        if value.utf8.count > ParameterLimits.valueBytesMax || value.utf8.contains(0) {
            report(id, path + "/value", "a value has at most \(ParameterLimits.valueBytesMax) bytes and no NUL")
        } else if let property = SystemProperty.named(parameter.name) {
            if let misfit = property.misfit(value) { report(id, path + "/value", "\(parameter.name): \(misfit.text)") }
        } else if let misfit = ParameterValue.misfit(value, type: parameter.type) {
            report(id, path + "/value", "\(parameter.name): \(misfit.text)")
        }
    }

    private mutating func checkConstraints(
        _ ui: ParameterUI,
        of parameter: Parameter,
        _ path: String,
        of id: MetadataObjectID
    ) {
        if let choices = ui.choices {
            if choices.isEmpty { report(id, path + "/choices", "without a choice no value is accepted") }
            for (index, choice) in choices.enumerated() {
                guard let misfit = ParameterValue.misfit(choice, type: parameter.type) else { continue }
                report(id, path + "/choices/\(index)", misfit.text)
            }
        }
        if let pattern = ui.pattern {
            do throws(LinearPattern.Refusal) {
                _ = try LinearPattern(pattern)
            } catch {
                report(id, path + "/pattern", "\(error.reason) at position \(error.position)")
            }
        }
        for (member, bound) in [("min", ui.min), ("max", ui.max)] {
            guard let bound, ParameterConstraints.isLess(bound, bound, type: parameter.type) == nil else { continue }
            report(id, "\(path)/\(member)", "\(bound) has no place in the order of \(parameter.type.rawValue) values")
        }
        if let min = ui.min, let max = ui.max,
            ParameterConstraints.isLess(max, min, type: parameter.type) == true
        {
            report(id, path + "/max", "max is less than min")
        }
    }
}
