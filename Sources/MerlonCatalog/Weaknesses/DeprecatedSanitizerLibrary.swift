import MerlonBase

extension Weakness {
  /// HTML is sanitised by bleach, which is deprecated.
  package static let deprecatedSanitizerLibrary = Weakness(
    id: "MRL603", name: "deprecated-sanitizer-library", severity: .low, cwe: [1104, 79],
    owasp: [.api2023(8), .web2021(6)], asvs: ["15.2.1", "1.3.1"], practices: ["S22", "S26"], since: "0.1.0",
    summary: "HTML is sanitised by bleach, which is deprecated",
    why: """
      bleach stands on html5lib, which nobody develops any more; its authors ended the work in January 2023. A \
      sanitiser has to follow what browsers make of broken markup, and each new way around it is script in your \
      readers' pages. What it does today is not known to be wrong.
      """,
    guide: [
      """
      Move to `nh3`: `nh3.clean(text, tags={"p", "em", "a"})`, which binds the maintained ammonia library and is \
      faster.
      """,
      """
      If no markup is wanted at all, escape instead of cleaning: let the template engine escape, or use \
      `html.escape`.
      """,
      "Send a Content-Security-Policy as a second wall.",
    ],
    unsafe: Example(
      """
      import bleach  # expect: MRL603


      def clean_review(text: str) -> str:
          return bleach.clean(text, tags={"p", "em", "strong"})
      """),
    safe: Example(
      """
      import nh3


      def clean_review(text: str) -> str:
          return nh3.clean(text, tags={"p", "em", "strong"})
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/1104.html",
      "https://github.com/mozilla/bleach/issues/698",
      "https://nh3.readthedocs.io/en/latest/",
    ])
}
