import Testing

/// The rules about documents find what they are made for.
@Suite struct DocumentRuleTests {
    private func file(_ path: String, _ lines: [String]) -> SourceFile {
        SourceFile(path: path, text: lines.joined(separator: "\n") + "\n")
    }

    @Test("A change log in order is left alone")
    func goodChangelog() {
        let good = file(
            "CHANGELOG.md",
            [
                "# Changelog", "", "Prose.", "", "## [Unreleased]", "", "### Added", "- One,", "  continued.", "",
                "## [0.10.0] - 2027-02-01", "### Fixed", "- Two.", "## [0.9.0] - 2027-01-31", "### Fixed", "- Three.",
            ]
        )
        #expect(DocumentRules.changelog(good) == [])
    }

    @Test(
        "What a change log may not look like is found",
        arguments: [
            (["# Changes", "## [Unreleased]"], 1),
            (["# Changelog"], 1),
            (["# Changelog", "## [1.0.0] - 2027-01-31"], 2),
            (["# Changelog", "## [Unreleased]", "## 1.0.0"], 3),
            (["# Changelog", "## [Unreleased]", "## [0.9.0] - 2027-01-31", "## [0.10.0] - 2027-02-01"], 4),
            (["# Changelog", "## [Unreleased]", "### News"], 3),
            (["# Changelog", "## [Unreleased]", "### Added", "- One.", "### Added"], 5),
            (["# Changelog", "## [Unreleased]", "### Added", "One."], 4),
        ]
    )
    func badChangelog(lines: [String], line: Int) {
        #expect(DocumentRules.changelog(file("CHANGELOG.md", lines)).map(\.line) == [line])
    }

    @Test("A decision record that is misnumbered, long or not whole is found")
    func decisions() {
        let whole = ["# One", "## Context", "a", "## Decision", "b", "## Consequences", "c"]
        let long = whole + Array(repeating: "d", count: 40)
        let good = SourceTree(files: [file("docs/decisions/0001-one.md", whole)])
        #expect(DocumentRules.decisions(in: good) == [])
        let bad = SourceTree(files: [
            file("docs/decisions/0001-one.md", long),
            file("docs/decisions/0003-two.md", whole),
            file("docs/decisions/0003-three.md", ["# Three", "## Context", "## Decision"]),
        ])
        #expect(
            DocumentRules.decisions(in: bad).map(\.path) == [
                "docs/decisions/0001-one.md", "docs/decisions/0003-two.md", "docs/decisions/0003-three.md",
            ]
        )
    }

    @Test("A link that leads nowhere is found; code and addresses are no links")
    func links() {
        let tree = SourceTree(files: [
            file(
                "docs/a.md",
                [
                    "# First *steps*, or `make run`",
                    "[b](b.md) [up](../README.md#the-end) [folder](../docs/) [self](#again-1)",
                    "[gone](c.md)", "`[code](c.md)` <https://a.example> [site](https://a.example/b)", "```",
                    "[fenced](c.md)",
                    "```", "[out](../../c.md)", "[no heading](b.md#c)", "## Again", "## Again", "[d]: d.md",
                    "[first](#first-steps-or-make-run)", "[titled](b.md \"B\")",
                ]
            ),
            file("docs/b.md", ["# B"]),
            file("README.md", ["# The end"]),
        ])
        #expect(
            DocumentRules.links(in: tree).map(\.description) == [
                "docs/a.md:3: c.md leads nowhere",
                "docs/a.md:8: ../../c.md leads out of the repository",
                "docs/a.md:9: b.md#c: no such heading",
                "docs/a.md:12: d.md leads nowhere",
            ]
        )
    }
}
