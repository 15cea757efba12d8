import MerlonBase

extension Weakness {
  /// A model of new passwords accepts one that is too short.
  package static let weakPasswordPolicy = Weakness(
    id: "MRL124", name: "weak-password-policy", severity: .medium, cwe: [521],
    owasp: [.api2023(2), .web2021(7)], asvs: ["6.2.1"], practices: ["S14"], since: "0.1.0",
    summary: "A model of new passwords accepts one that is too short",
    why: """
      What the model accepts, users will choose. A field `password: str` takes a single letter or an empty text, one with `min_length=4` hardly more, and \
      accounts with such passwords fall to the first guesses, without any flaw elsewhere. Only models that set a \
      password are meant (sign-up, change, reset): at login any text must be accepted and checked against the hash, \
      and a limit there would only tell the rule.
      """,
    guide: [
      """
      Ask for length: `password: SecretStr = Field(min_length=15, max_length=128)`, or 8 with a second factor, as \
      NIST SP 800-63B has it.
      """,
      "Ask for no mix of character classes and no regular change; they lead to worse passwords.",
      "Refuse passwords from a list of leaked ones, for instance with a validator over the few thousand commonest.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from pydantic import BaseModel, EmailStr

      app = FastAPI()


      class UserCreate(BaseModel):
          email: EmailStr
          password: str  # expect: MRL124
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from pydantic import BaseModel, EmailStr, Field, SecretStr

      app = FastAPI()


      class UserCreate(BaseModel):
          email: EmailStr
          password: SecretStr = Field(min_length=15, max_length=128)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/521.html",
      "https://pages.nist.gov/800-63-4/sp800-63b.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html",
    ])
}
