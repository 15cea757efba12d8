import MerlonBase

extension Weakness {
  /// An archive is unpacked without a check of where its members lead.
  package static let unsafeArchiveExtraction = Weakness(
    id: "MRL313", name: "unsafe-archive-extraction", severity: .high, cwe: [22, 59],
    owasp: [.api2023(8), .web2021(1)], asvs: ["5.3.3", "5.2.5"], practices: ["S20"], since: "0.1.0",
    summary: "An archive is unpacked without a check of where its members lead",
    why: """
      Names in an archive are chosen by whoever made it: `../../etc/cron.d/job` or `/app/shop/main.py` writes \
      outside of the target folder, and a link inside a tar file followed by a file under that link does so in two \
      steps. Overwritten code, templates or keys turn an upload into command execution. Python 3.14 filters tar \
      files by default (`data`); older versions, still in use, do not unless asked, and warn since 3.12. \
      `ZipFile.extractall` drops `..` and leading slashes by itself, yet still unpacks any number and size.
      """,
    guide: [
      "Pass `filter=\"data\"` to `TarFile.extractall` and `shutil.unpack_archive`; never `\"fully_trusted\"`.",
      """
      For other archives resolve each target and refuse what is not below the folder: \
      `target.resolve().is_relative_to(folder)`.
      """,
      "Unpack into an empty temporary folder, and add up the members' sizes before unpacking (zip bombs).",
    ],
    unsafe: Example(
      """
      import tarfile
      import tempfile

      from fastapi import FastAPI, UploadFile

      app = FastAPI()


      @app.post("/themes")
      def install_theme(archive: UploadFile) -> dict[str, str]:
          target = tempfile.mkdtemp()
          with tarfile.open(fileobj=archive.file) as members:
              members.extractall(target)  # expect: MRL313
          return {"folder": target}
      """),
    safe: Example(
      """
      import tarfile
      import tempfile

      from fastapi import FastAPI, UploadFile

      app = FastAPI()


      @app.post("/themes")
      def install_theme(archive: UploadFile) -> dict[str, str]:
          target = tempfile.mkdtemp()
          with tarfile.open(fileobj=archive.file) as members:
              members.extractall(target, filter="data")
          return {"folder": target}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/22.html",
      "https://docs.python.org/3/library/tarfile.html#extraction-filters",
      "https://nvd.nist.gov/vuln/detail/CVE-2007-4559",
    ])
}
