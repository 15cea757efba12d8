import MerlonBase
import MerlonProgram
import MerlonScan
import Testing

@Suite struct FrameworkVersionsTests {
  private func versions(_ folder: TemporaryFolder, packagePath: [String] = [], stated: String? = nil) throws
    -> FrameworkVersions
  {
    let options = MapOptions(
      project: ProjectOptions(
        roles: [.production], exclude: [], maximumFileSize: 1 << 20, threadCount: 1, packagePath: packagePath,
        fastAPIVersion: stated), fallsBackToAllRoles: false, policy: Policy())
    return try Mapper.map(folder.raw, options: options, files: DiskFileSystem()).versions
  }

  @Test(arguments: [
    ("requirements.txt", "# pins\nFastAPI[standard] == 0.115.6 ; python_version > '3.8'\npydantic==2.9.2\n"),
    ("requirements/base.txt", "x==1\n"),
    ("uv.lock", "version = 1\n\n[[package]]\nname = \"fastapi\"\nversion = \"0.115.6\"\n"),
    (
      "poetry.lock",
      "[[package]]\nname = \"fastapi-users\"\nversion = \"1.0\"\n\n[[package]]\nname = \"fastapi\"\nversion = \"0.115.6\"\n"
    ),
    ("pdm.lock", "[[package]]\nname = 'fastapi'\nversion = '0.115.6'\n"),
    ("pylock.toml", "[[packages]]\nname = \"fastapi\"\nversion = \"0.115.6\"\n"),
    ("Pipfile.lock", "{\"default\": {\"fastapi\": {\"version\": \"==0.115.6\"}}}"),
    ("pyproject.toml", "[project]\nname = \"x\"\ndependencies = [\"fastapi==0.115.6\"]\n"),
    ("pyproject.toml", "[tool.poetry.dependencies]\nfastapi = { version = \"0.115.6\", extras = [\"all\"] }\n"),
  ])
  func aPinNamesTheVersion(name: String, text: String) throws {
    let folder = TemporaryFolder()
    folder.write(name, text)
    folder.write("app.py", "x = 1\n")
    let found = try versions(folder)
    guard name != "requirements/base.txt" else {
      #expect(found.fastAPI == nil && found.limits.map(\.kind) == ["version-assumed"])
      return
    }
    #expect(found.fastAPI == FrameworkVersions.Fact(version: "0.115.6", source: name))
    #expect(found.limits.isEmpty)
  }

  @Test(arguments: ["fastapi>=0.100", "fastapi~=0.115.0", "fastapi", "fastapi==0.115.*", "-r fastapi==1"])
  func aRangeIsNoVersion(line: String) throws {
    let folder = TemporaryFolder()
    folder.write("requirements.txt", line + "\n")
    folder.write("app.py", "x = 1\n")
    #expect(try versions(folder).fastAPI == nil)
  }

  @Test func aLockWinsOverAPinTheUserOverBothAndTheNearestOfAKindOverOthers() throws {
    let folder = TemporaryFolder()
    folder.write("requirements.txt", "fastapi==0.100.0\n")
    folder.write("tests/uv.lock", "[[package]]\nname = \"fastapi\"\nversion = \"0.1\"\n")
    folder.write("app.py", "x = 1\n")
    #expect(try versions(folder).fastAPI?.version == "0.100.0")
    folder.write("service/uv.lock", "[[package]]\nname = \"fastapi\"\nversion = \"0.110.0\"\n")
    #expect(try versions(folder).fastAPI?.version == "0.110.0")
    folder.write("uv.lock", "[[package]]\nname = \"fastapi\"\nversion = \"0.115.0\"\n")
    #expect(try versions(folder).fastAPI?.version == "0.115.0")
    #expect(try versions(folder, stated: "0.90.0").fastAPI?.version == "0.90.0")
  }

  @Test func thePackagesThatAreInstalledNameTheirVersions() throws {
    let folder = TemporaryFolder()
    folder.write("app.py", "x = 1\n")
    folder.write("env/fastapi-0.99.1.dist-info/METADATA", "")
    folder.write("env/pydantic-1.10.2.dist-info/METADATA", "")
    let found = try versions(folder, packagePath: [folder.raw.appending("env").display])
    #expect(found.fastAPI?.version == "0.99.1" && found.pydantic?.version == "1.10.2")
  }
}

@Suite struct OpenAPISourceTests {
  private func load(_ name: String, _ text: String) throws -> JSONValue {
    let folder = TemporaryFolder()
    folder.write(name, text)
    return try OpenAPISource.load(folder.raw.appending(name).display, files: DiskFileSystem())
  }

  @Test(arguments: [
    ("a.json", #"{"openapi": "3.1.0", "paths": {"/a": {"get": {}}}}"#),
    ("a.yaml", "openapi: 3.1.0\npaths:\n  /a:\n    get: {}\n"),
    ("a.yaml", "# comment\nopenapi: '3.0.3'\npaths: {/a: {get: {deprecated: true}}}\n"),
  ])
  func jsonAndYAMLAreRead(name: String, text: String) throws {
    #expect(try load(name, text)["paths"]?["/a"]?["get"] != nil)
  }

  @Test(arguments: [
    ("{", "is no JSON"), ("<!DOCTYPE html>", "a page of HTML"), ("[1]", "no member `openapi`"),
    ("", "too deep or too large"),
    ("swagger: '2.0'\n", "not of OpenAPI 3.0 or 3.1"), ("a: &a [*a]\n", "aliases"), ("a: [\n", "neither JSON nor YAML"),
    ("openapi: 3.1.0\nx: " + String(repeating: "[", count: 500) + String(repeating: "]", count: 500), "too deep"),
  ])
  func whatIsNoDocumentIsRefusedWithAReason(text: String, reason: String) {
    do {
      _ = try load("x", text)
      Issue.record("`\(text.prefix(40))` was taken")
    } catch {
      let said = (error as? Problem)?.description ?? ""
      #expect(said.contains(reason), "\(error)")
    }
  }
}
