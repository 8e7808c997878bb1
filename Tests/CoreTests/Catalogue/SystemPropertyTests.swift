import SchedulerCore
import Testing

@Suite("System properties")
struct SystemPropertyTests {
    @Test("Every default fits its own property, and none is both code and settable at submit")
    func consistent() {
        for property in SystemProperty.all {
            if let value = property.defaultValue { #expect(property.misfit(value) == nil, "\(property.name)") }
            #expect(!(property.isCode && property.places.contains(.submission)), "\(property.name)")
            #expect(SystemProperty.isReserved(property.name))
        }
        #expect(SystemProperty.all.count == 86)
    }

    @Test("The defaults of the table are those of the policy")
    func defaultsOfPolicy() throws {
        var table = ParameterTable()
        for property in SystemProperty.all {
            guard let value = property.defaultValue else { continue }
            table.set(Parameter(name: property.name, type: property.type, value: value))
        }
        #expect(try ExecutionPolicy(table) == ExecutionPolicy())
    }

    @Test("All code parameters of built-in job types are known as such")
    func codeParameters() {
        let code: Set = [
            "SYS_cmdLine", "SYS_EXT_cmdLine.Unix", "SYS_EXT_executableDir.Unix", "SYS_EXT_executableName",
            "SYS_EXT_executableSuffix.Unix", "SYS_environmentVariables", "SYS_workDirRoot",
            "SYS_redirectedOutputFile", "SYS_EXT_shell", "SYS_EXT_osUser", "SYS_EXT_limits", "SYS_EXT_wsWsdlBaseUrl",
            "SYS_EXT_wsWsdlUrl", "SYS_EXT_wsServiceName", "SYS_EXT_wsPortName", "SYS_EXT_wsOperationName",
            "SYS_EXT_httpUrl", "SYS_EXT_httpHeaders", "SYS_EXT_httpCancelUrl", "SYS_EXT_httpMethod",
            "SYS_EXT_httpMode", "SYS_procedureName", "SYS_EXT_sqlText", "SYS_EXT_dataSource", "SYS_className",
            "SYS_preProcess", "SYS_postProcess", "SYS_listener", "SYS_runasApplicationID",
        ]
        #expect(Set(SystemProperty.all.filter(\.isCode).map(\.name)) == code)
        for type in BuiltInJobType.allCases {
            for name in type.neededParameters.joined() { #expect(code.contains(name)) }
        }
    }

    @Test("SYS_ is reserved in any case", arguments: ["SYS_x", "sys_x", "Sys_priority", "sYs_", "CANCEL_UPDATE_TIME"])
    func reserved(_ name: String) { #expect(SystemProperty.isReserved(name)) }

    @Test("Other names are free", arguments: ["SYS", "SYSx", "xSYS_", "submit.argument1", "", "ＳＹＳ_x"])
    func free(_ name: String) { #expect(!SystemProperty.isReserved(name)) }

    @Test(
        "Values are checked by the property's own rule",
        arguments: [
            ("SYS_priority", "9", true), ("SYS_priority", "10", false), ("SYS_priority", "-1", false),
            ("SYS_priority", "high", false), ("SYS_retries", "-1", false), ("SYS_successExitCode", "0,1, 255", true),
            ("SYS_successExitCode", "0,256", false), ("SYS_successExitCode", "0,,1", false),
            ("SYS_cancelExitCode", "", true), ("SYS_EXT_retryFactor", "1.5", true),
            ("SYS_EXT_retryFactor", "nan", false), ("SYS_EXT_retryFactor", "0.5", false),
            ("SYS_EXT_httpMode", "async", true), ("SYS_EXT_httpMode", "Async", false),
            ("SYS_EXT_limits", "memory=512MiB,files=256,cpu=600", true), ("SYS_EXT_limits", "memory=lots", false),
            ("SYS_EXT_limits", "files=1KiB", false), ("SYS_EXT_limits", "threads=1", false),
            ("SYS_environmentVariables", #"A=1,B=x\,y"#, true), ("SYS_environmentVariables", "1A=x", false),
            ("SYS_environmentVariables", "A", false), ("SYS_EXT_shell", "TRUE", true), ("SYS_EXT_shell", "yes", false),
            ("SYS_EXT_timeoutAction", "fail", true), ("SYS_EXT_nodeLost", "manualRecovery", true),
            ("SYS_EXT_cancelGrace", "99999999999999", false),
        ]
    )
    func rules(_ name: String, _ value: String, _ fits: Bool) throws {
        let property = try #require(SystemProperty.named(name))
        #expect((property.misfit(value) == nil) == fits)
    }

    @Test("A backslash keeps a comma in a variable's value and stands for itself elsewhere")
    func environment() throws {
        let variables = try #require(EnvironmentText.variables(#"A=1\,2, B=C:\x\\,,C="#))
        #expect(variables.map(\.name) == ["A", "B", "C"])
        #expect(variables.map(\.value) == ["1,2", #"C:\x\\"#, ""])
    }
}
