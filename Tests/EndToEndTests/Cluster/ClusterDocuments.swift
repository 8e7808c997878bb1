/// The jobs that the nodes under test run.
enum ClusterDocuments {
    /// - Parameters:
    ///   - remoteURL: where the asynchronous HTTP job is started.
    ///   - remoteRetries: how often it is, where a start of it is lost.
    /// - Returns: YAML.
    static func text(remoteURL: String = "http://127.0.0.1:9/", remoteRetries: Int = 0) -> String {
        """
        kind: JobDefinition
        package: /test
        name: NoOp
        jobType: JobType://escapement/core/SwiftJobType
        parameters:
          - {name: SYS_className, value: NoOp}
          - {name: SYS_retries, paramType: INTEGER, value: "5"}
        ---
        kind: JobDefinition
        package: /test
        name: Nap
        jobType: JobType://escapement/core/SwiftJobType
        parameters:
          - {name: SYS_className, value: Sleep}
          - {name: SYS_retries, paramType: INTEGER, value: "5"}
          - {name: submit.argument1}
        ---
        kind: JobDefinition
        package: /test
        name: Remote
        jobType: JobType://escapement/core/SwiftJobType
        parameters: [{name: SYS_className, value: Remote}]
        ---
        kind: JobDefinition
        package: /test
        name: RemoteHTTP
        jobType: JobType://escapement/core/HTTPJobType
        parameters:
          - {name: SYS_EXT_httpUrl, value: '\(remoteURL)'}
          - {name: SYS_EXT_httpMode, value: async}
          - {name: SYS_retries, paramType: INTEGER, value: "\(remoteRetries)"}
        ---
        kind: JobDefinition
        package: /test
        name: Journal
        jobType: JobType://oracle/as/ess/core/ProcessJobType
        parameters:
          - name: SYS_cmdLine
            value: '/bin/sh ${ESS_REQ:submit.argument1}/quick.sh ${ESS_REQ:submit.argument1}'
          - {name: SYS_retries, paramType: INTEGER, value: "5"}
          - {name: submit.argument1}
        ---
        kind: JobDefinition
        package: /test
        name: Slow
        jobType: JobType://oracle/as/ess/core/ProcessJobType
        parameters:
          - name: SYS_cmdLine
            value: '/bin/sh ${ESS_REQ:submit.argument1}/slow.sh ${ESS_REQ:submit.argument1} ${ESS_REQ:submit.argument2}'
          - {name: SYS_retries, paramType: INTEGER, value: "5"}
          - {name: submit.argument1}
          - {name: submit.argument2}
        """
    }

    /// Notes its start. Argument: folder of the journal.
    static let quickScript = """
        echo "start $ESS_REQUEST_ID $ESS_EXECUTION_ATTEMPT" >>"$1/journal"

        """

    /// Notes its start and its end, and whether an earlier attempt of its request lives still. Arguments: folder of
    /// the journal, seconds to sleep.
    static let slowScript = """
        lock="$1/live-$ESS_REQUEST_ID"
        if [ -e "$lock" ]; then
            other=$(cat "$lock")
            if tr '\\\\0' '\\\\n' <"/proc/$other/environ" 2>/dev/null | grep -qx "ESS_REQUEST_ID=$ESS_REQUEST_ID"; then
                echo "overlap $ESS_REQUEST_ID $ESS_EXECUTION_ATTEMPT" >>"$1/journal"
            fi
        fi
        echo $$ >"$lock"
        echo "start $ESS_REQUEST_ID $ESS_EXECUTION_ATTEMPT" >>"$1/journal"
        sleep "$2"
        echo "end $ESS_REQUEST_ID $ESS_EXECUTION_ATTEMPT" >>"$1/journal"
        rm -f "$lock"

        """
}
