import MerlonBase

extension Weakness {
  /// Static files are served through symbolic links, wherever those point.
  package static let staticFilesFollowSymlinks = Weakness(
    id: "MRL515", name: "static-files-follow-symlinks", severity: .medium, cwe: [59],
    owasp: [.api2023(8), .web2021(1)], asvs: ["5.3.2"], practices: ["S1"], since: "0.1.0",
    summary: "Static files are served through symbolic links, wherever those point",
    why: """
      `StaticFiles` refuses paths that leave its folder. With `follow_symlink=True` a link inside the folder may \
      point anywhere, and what it points to is served: one that a build step, a deployment script or an unpacked \
      upload left behind publishes `/etc`, the application's settings or its database. In a folder that only the \
      image build writes to, with links that are known, it is harmless.
      """,
    guide: [
      "Leave `follow_symlink` off, and copy the files at build time instead of linking them.",
      "Never serve a folder that uploads or archives are unpacked into.",
      "If links are needed, mount the linked folder itself at its own address.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from fastapi.staticfiles import StaticFiles

      app = FastAPI()
      app.mount("/static", StaticFiles(directory="static", follow_symlink=True))  # expect: MRL515
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from fastapi.staticfiles import StaticFiles

      app = FastAPI()
      app.mount("/static", StaticFiles(directory="static"))
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/59.html",
      "https://www.starlette.io/staticfiles/",
    ])
}
